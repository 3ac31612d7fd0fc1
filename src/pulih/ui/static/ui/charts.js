/* Draws each <figure data-chart="id"> from its JSON, in the colours of the theme. */

const drawn = new Map();
const SERIES = ["--p-brand", "--p-accent", "--p-info", "--p-sealed", "--p-stage-6", "--p-ink-2"];

// A canvas cannot read light-dark(); the browser resolves it on an element.
const probe = document.createElement("span");
probe.hidden = true;
document.body.append(probe);
const colour = (name) => {
  probe.style.color = `var(${name})`;
  return getComputedStyle(probe).color;
};

const draw = (figure) => {
  const data = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  const ink = colour("--p-ink-2");
  const line = colour("--p-line");
  const language = document.documentElement.lang;
  const write = (value) => Number(value).toLocaleString(language);
  drawn.get(figure)?.destroy();
  const axis = { stacked: data.stacked, grid: { color: line }, border: { color: line }, ticks: { color: ink } };
  drawn.set(figure, new window.Chart(figure.querySelector("canvas"), {
    type: data.kind,
    data: {
      labels: data.labels,
      datasets: data.series.map((one, place) => ({
        label: one.label,
        data: one.values,
        backgroundColor: colour(SERIES[place % SERIES.length]),
        borderColor: colour(SERIES[place % SERIES.length]),
        borderWidth: data.kind === "line" ? 2 : 0,
        borderRadius: 3,
        pointRadius: 4,
        pointStyle: ["circle", "rect", "triangle", "rectRot", "star", "crossRot"][place % 6],
        maxBarThickness: 36,
        spanGaps: false,
        tension: 0,
      })),
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      scales: { x: { ...axis, grid: { display: false } }, y: { ...axis, beginAtZero: true, ticks: { color: ink, callback: write, precision: 0 } } },
      plugins: {
        legend: { display: data.series.length > 1, labels: { color: ink, usePointStyle: true } },
        tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${write(item.raw)} ${data.unit}`.trim() } },
      },
    },
  }));
};

const drawAll = () => {
  for (const figure of document.querySelectorAll("[data-chart]")) draw(figure);
};
document.addEventListener("pulih:theme", drawAll);
document.addEventListener("htmx:afterSwap", drawAll);
drawAll();
