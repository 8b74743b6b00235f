// The theme: what the reader chose, else what the system prefers. Loaded before the page is drawn.
(() => {
  "use strict";
  const KEY = "schakel-theme";
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage may be switched off; the system's preference is good then
    }
  };
  const current = () => chosen() || (dark.matches ? "dark" : "light");
  const show = () => {
    document.documentElement.setAttribute("data-bs-theme", current());
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
      button.setAttribute("aria-pressed", String(current() === "dark"));
    }
    document.dispatchEvent(new CustomEvent("schakel:theme", { detail: current() }));
  };
  show();
  dark.addEventListener("change", show);
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    try {
      localStorage.setItem(KEY, current() === "dark" ? "light" : "dark");
    } catch {
      document.documentElement.setAttribute("data-bs-theme", current() === "dark" ? "light" : "dark");
      return;
    }
    show();
  });
})();
