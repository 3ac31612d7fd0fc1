// Genogram and ecomap by hand: drag with finger or mouse, arrow keys, tap two people to join them.
// The server draws; this only says where something went and shows the drawing that comes back.
const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
const START = 6; // pixels before a press becomes a drag
let chosen = "";

// On a phone a drawing is wider than the window: it opens with the client in the middle.
for (const box of document.querySelectorAll("[data-drawing]")) {
  const client = box.querySelector('[data-node="client"]');
  if (!client) continue;
  const seen = client.getBoundingClientRect();
  const frame = box.getBoundingClientRect();
  box.scrollLeft += seen.left + seen.width / 2 - frame.left - frame.width / 2;
}

const numbers = (box) => ({
  stepX: Number(box.dataset.stepX), stepY: Number(box.dataset.stepY),
  marginX: Number(box.dataset.marginX), marginY: Number(box.dataset.marginY),
});

const placeOf = (node) => {
  const [x, y] = node.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
  return { x, y };
};

const put = (node, x, y) => node.setAttribute("transform", `translate(${x} ${y})`);

const keep = async (box, node) => {
  const grid = numbers(box);
  const at = placeOf(node);
  const body = new URLSearchParams({
    drawing: box.dataset.drawing,
    key: node.dataset.node,
    x: Math.max(0, Math.round(((at.x - grid.marginX) / grid.stepX) * 2) / 2),
    y: Math.max(0, Math.round(((at.y - grid.marginY) / grid.stepY) * 2) / 2),
  });
  const answer = await fetch(box.dataset.moveUrl, { method: "POST", body, headers: { "X-CSRFToken": token() } });
  if (!answer.ok) {
    location.reload();
    return;
  }
  const made = document.createElement("template");
  made.innerHTML = await answer.text();
  const fresh = made.content.querySelector("[data-drawing]");
  const focused = document.activeElement === node;
  box.replaceWith(fresh);
  if (focused) find(fresh, node.dataset.node)?.focus();
};

const find = (box, key) => [...box.querySelectorAll("[data-node]")].find((one) => one.dataset.node === key);

const choose = (box, node) => {
  const key = node.dataset.node;
  if (box.dataset.drawing === "surroundings") {
    const field = document.querySelector("#judge select[name=key]");
    if (!field || key === "client") return;
    field.value = key;
    open("judge", "select[name=strength]");
    return;
  }
  for (const one of box.querySelectorAll(".is-chosen")) one.classList.remove("is-chosen");
  if (!chosen || chosen === key) {
    chosen = chosen === key ? "" : key;
    node.classList.toggle("is-chosen", chosen === key);
    return;
  }
  document.querySelector("#join select[name=a]").value = chosen;
  document.querySelector("#join select[name=b]").value = key;
  chosen = "";
  open("join", "select[name=bond]");
};

const open = (id, field) => {
  const part = document.getElementById(id);
  part.open = true;
  part.scrollIntoView({ block: "center" });
  part.querySelector(field).focus();
};

document.addEventListener("pointerdown", (event) => {
  const node = event.target.closest?.("[data-move-url] [data-node]");
  if (!node || event.button) return;
  const box = node.closest("[data-drawing]");
  const start = placeOf(node);
  let dragged = false;
  node.setPointerCapture(event.pointerId);
  const move = (now) => {
    const dx = now.clientX - event.clientX;
    const dy = now.clientY - event.clientY;
    if (!dragged && Math.hypot(dx, dy) < START) return;
    dragged = true;
    node.classList.add("is-dragged");
    put(node, start.x + dx, start.y + dy);
  };
  const end = () => {
    node.removeEventListener("pointermove", move);
    node.classList.remove("is-dragged");
    if (dragged) keep(box, node);
    else choose(box, node);
  };
  node.addEventListener("pointermove", move);
  node.addEventListener("pointerup", end, { once: true });
  node.addEventListener("pointercancel", () => {
    node.removeEventListener("pointermove", move);
    node.classList.remove("is-dragged");
    put(node, start.x, start.y);
  }, { once: true });
});

const ARROWS = { ArrowLeft: [-0.5, 0], ArrowRight: [0.5, 0], ArrowUp: [0, -0.5], ArrowDown: [0, 0.5] };
document.addEventListener("keydown", (event) => {
  const node = event.target.closest?.("[data-move-url] [data-node]");
  if (!node) return;
  const box = node.closest("[data-drawing]");
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    choose(box, node);
    return;
  }
  const way = ARROWS[event.key];
  if (!way) return;
  event.preventDefault();
  const grid = numbers(box);
  const at = placeOf(node);
  put(node, at.x + way[0] * grid.stepX, at.y + way[1] * grid.stepY);
  keep(box, node);
});
