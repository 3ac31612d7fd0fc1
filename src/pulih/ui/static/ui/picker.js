/* Choose one of very many: a text field that asks the server and lists what fits.
   <div data-picker-url="…"> holds [data-picker-value], [data-picker-text], [data-picker-list]. */

const WAIT = 180;
const pending = new WeakMap();

const parts = (box) => ({
  value: box.querySelector("[data-picker-value]"),
  text: box.querySelector("[data-picker-text]"),
  list: box.querySelector("[data-picker-list]"),
  clear: box.querySelector("[data-picker-clear]"),
  status: box.querySelector("[data-picker-status]"),
});

const close = (box) => {
  const { text, list } = parts(box);
  list.hidden = true;
  text.setAttribute("aria-expanded", "false");
  text.removeAttribute("aria-activedescendant");
};

const say = (box, message) => {
  const { list, status } = parts(box);
  status.textContent = message;
  if (list.children.length) return;
  const line = document.createElement("li");
  line.className = "picker-none";
  line.textContent = message;
  list.append(line);
};

const mark = (box, option) => {
  const { text, list } = parts(box);
  for (const other of list.querySelectorAll("[role=option]")) {
    other.setAttribute("aria-selected", String(other === option));
  }
  text.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
};

const choose = (box, option) => {
  const { value, text, clear } = parts(box);
  value.value = option?.dataset.value ?? "";
  text.value = option?.dataset.text ?? "";
  text.setCustomValidity("");
  if (clear) clear.hidden = !value.value;
  close(box);
  value.dispatchEvent(new Event("change", { bubbles: true }));
};

const ask = async (box) => {
  const { text, list } = parts(box);
  pending.get(box)?.abort();
  const asking = new AbortController();
  pending.set(box, asking);
  const address = new URL(box.dataset.pickerUrl, window.location.href);
  address.searchParams.set("q", text.value.trim());
  try {
    const answer = await fetch(address, {
      signal: asking.signal,
      credentials: "same-origin",
      headers: { "X-Requested-With": "XMLHttpRequest", "HX-Request": "true" },
    });
    if (!answer.ok) throw new Error(String(answer.status));
    list.innerHTML = await answer.text();
    const options = [...list.querySelectorAll("[role=option]")];
    options.forEach((option, place) => {
      option.id = `${list.id}-${place}`;
    });
    say(box, options.length ? box.dataset.pickerCount.replace("#", options.length) : box.dataset.pickerNone);
    if (options.length) mark(box, options[0]);
  } catch (trouble) {
    if (trouble.name === "AbortError") return;
    list.replaceChildren();
    say(box, box.dataset.pickerFailed);
  }
  list.hidden = false;
  text.setAttribute("aria-expanded", "true");
};

const waiting = new WeakMap();
document.addEventListener("input", (event) => {
  const box = event.target.matches("[data-picker-text]") && event.target.closest("[data-picker-url]");
  if (!box) return;
  const { value, clear } = parts(box);
  value.value = ""; // what is typed is no choice yet
  if (clear) clear.hidden = true;
  clearTimeout(waiting.get(box));
  if (!event.target.value.trim()) {
    pending.get(box)?.abort();
    close(box);
    return;
  }
  waiting.set(box, setTimeout(() => ask(box), WAIT));
});

document.addEventListener("keydown", (event) => {
  const box = event.target.matches?.("[data-picker-text]") && event.target.closest("[data-picker-url]");
  if (!box) return;
  const { list } = parts(box);
  const options = [...list.querySelectorAll("[role=option]")];
  const here = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.hidden) {
      ask(box);
      return;
    }
    if (!options.length) return;
    const step = event.key === "ArrowDown" ? 1 : -1;
    mark(box, options[(here + step + options.length) % options.length]);
  } else if (event.key === "Enter" && !list.hidden) {
    event.preventDefault();
    if (options[here]) choose(box, options[here]);
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    event.stopPropagation();
    close(box);
  }
});

document.addEventListener("mousedown", (event) => {
  const option = event.target.closest("[data-picker-list] [role=option]");
  if (!option) return;
  event.preventDefault(); // the field keeps the focus
  choose(option.closest("[data-picker-url]"), option);
});

document.addEventListener("click", (event) => {
  const clear = event.target.closest("[data-picker-clear]");
  if (!clear) return;
  const box = clear.closest("[data-picker-url]");
  choose(box, null);
  parts(box).text.focus();
});

document.addEventListener("focusout", (event) => {
  const box = event.target.matches?.("[data-picker-text]") && event.target.closest("[data-picker-url]");
  if (!box) return;
  clearTimeout(waiting.get(box));
  pending.get(box)?.abort();
  close(box);
  const { value, text } = parts(box);
  // Typed but not chosen: the browser says so when the form is sent.
  text.setCustomValidity(text.value.trim() && !value.value ? box.dataset.pickerNone : "");
});
