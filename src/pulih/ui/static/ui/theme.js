/* Light or dark, before the first paint: the reader's choice, else the system's. */
(() => {
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");

  const read = () => {
    try {
      return localStorage.getItem("pulih-theme") || "auto";
    } catch {
      return "auto"; // storage switched off by the browser's policy
    }
  };

  const apply = () => {
    const choice = read();
    const dark = choice === "dark" || (choice === "auto" && system.matches);
    root.dataset.bsTheme = dark ? "dark" : "light";
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
    }
    document.dispatchEvent(new CustomEvent("pulih:theme"));
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-choice]");
    if (!button) return;
    try {
      localStorage.setItem("pulih-theme", button.dataset.themeChoice);
    } catch {
      // the choice then lasts for this page only
    }
    apply();
  });
  document.addEventListener("DOMContentLoaded", apply);
  system.addEventListener("change", apply);
  apply();
})();
