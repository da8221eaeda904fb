// What comes between: toasts, alerts, the enlarged photo, light and dark.
import { $, element } from "./parts.js";

const TOAST_LASTS = 3500;

export function toast(text) {
  const shown = element("div", { className: "toast", textContent: text });
  $("toasts").append(shown);
  setTimeout(() => shown.classList.add("leaving"), TOAST_LASTS);
  setTimeout(() => shown.remove(), TOAST_LASTS + 300);
}

export function answer(given) {
  if (given.text && given.show_alert) alertWith(given.text);
  else if (given.text) toast(given.text);
  if (given.url) open(given.url, "_blank", "noopener");
}

function alertWith(text) {
  const dialog = $("alert");
  $("alert-text").textContent = text;
  if (!dialog.open) dialog.showModal();
}

export function enlarge(source) {
  const viewer = $("viewer");
  viewer.querySelector("img").src = source;
  viewer.showModal();
}

export function prepareDialogs() {
  $("viewer").addEventListener("click", () => $("viewer").close());
  $("alert").addEventListener("click", (event) => event.target === $("alert") && $("alert").close());
  $("theme").addEventListener("click", switchTheme);
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", applyTheme);
  applyTheme();
}

const systemTheme = () => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

function applyTheme() {
  document.documentElement.dataset.theme = localStorage.getItem("theme") ?? systemTheme();
}

function switchTheme() {
  const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  if (next === systemTheme()) localStorage.removeItem("theme");
  else localStorage.setItem("theme", next);
  applyTheme();
}
