/* What every page needs from the browser. Markup says what it wants in data attributes. */

const confirmed = new WeakSet();

/* Dialogs: <button data-dialog-open="id">, <button data-dialog-close>. The browser keeps focus inside. */
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog-open]");
  if (opener) {
    document.getElementById(opener.dataset.dialogOpen)?.showModal();
    return;
  }
  event.target.closest("[data-dialog-close]")?.closest("dialog")?.close();
});

/* A form or button with data-confirm asks first: <form data-confirm="Close the case?">. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  const asking = event.submitter?.dataset.confirm || form.dataset.confirm;
  const dialog = document.getElementById("confirm-dialog");
  if (!asking || !dialog || confirmed.has(form)) {
    confirmed.delete(form);
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  const yes = dialog.querySelector("[data-confirm-yes]");
  dialog.querySelector("[data-confirm-text]").textContent = asking;
  yes.textContent = event.submitter?.textContent.trim() || yes.dataset.label;
  yes.classList.toggle("btn-danger", event.submitter?.classList.contains("btn-danger") ?? false);
  yes.onclick = () => {
    dialog.close();
    confirmed.add(form);
    form.requestSubmit(event.submitter);
  };
  dialog.showModal();
}, true);

/* Keys: "/" goes to the search, from anywhere but a field. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
  const box = [...document.querySelectorAll("[data-search]")].find((field) => field.offsetParent);
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

/* Password: a button beside the field shows what was typed. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-show-password]");
  if (!button) return;
  const field = document.getElementById(button.dataset.showPassword);
  const show = field.type === "password";
  field.type = show ? "text" : "password";
  button.setAttribute("aria-pressed", String(show));
  field.focus();
});

const release = (form) => {
  delete form.dataset.sent;
  document.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
};

/* A form is sent once, however often the button is pressed. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
  // An answer that is a download leaves the page where it was.
  setTimeout(() => release(form), 8000);
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) release(form);
});

/* A filter that changes sends its form: <select data-autosubmit>. */
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-autosubmit]")) event.target.form?.requestSubmit();
});

/* Upload: say which files were chosen, and take files dropped on the box. */
const listFiles = (input) => {
  const list = input.closest("[data-upload]")?.querySelector("[data-upload-names]");
  if (!list) return;
  list.replaceChildren(
    ...[...input.files].map((file) => {
      const line = document.createElement("li");
      const size = Math.max(1, Math.round(file.size / 1024));
      line.textContent = `${file.name} · ${size.toLocaleString(document.documentElement.lang)} KB`;
      return line;
    }),
  );
};
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-upload] input[type=file]")) listFiles(event.target);
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const box = event.target.closest?.("[data-upload]");
    if (!box) return;
    event.preventDefault();
    box.classList.toggle("is-over", kind === "dragover");
    if (kind === "drop") {
      const input = box.querySelector("input[type=file]");
      input.files = event.dataTransfer.files;
      listFiles(input);
    }
  });
}

/* Print buttons. */
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

/* htmx: tell people when the server did not answer, in words that the page carries. */
const complain = (name) => {
  const box = document.getElementById("notices");
  const text = document.getElementById(name)?.content.cloneNode(true);
  if (!box || !text) return;
  box.querySelector(`[data-from="${name}"]`)?.remove();
  text.firstElementChild.dataset.from = name;
  box.append(text);
};
document.addEventListener("htmx:sendError", () => complain("notice-offline"));
document.addEventListener("htmx:responseError", (event) =>
  complain(event.detail.xhr.status === 413 ? "notice-large" : "notice-failed"),
);
document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest("[role=alert], [role=status]")?.remove();
});

/* A part that scrolls sideways can be reached and scrolled with the keyboard. */
const reachScrollers = () => {
  for (const part of document.querySelectorAll(".table-scroll, .table-wrap")) {
    if (part.scrollWidth > part.clientWidth) part.tabIndex = 0;
  }
};
reachScrollers();
document.addEventListener("htmx:afterSettle", reachScrollers);
