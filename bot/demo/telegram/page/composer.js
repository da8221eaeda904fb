// Writing: the text field, the list of commands, and the keyboard a bot may bring.
import { toast } from "./dialogs.js";
import { post } from "./desk.js";
import { $, element } from "./parts.js";
import { say } from "./words.js";

export async function write(text) {
  if (!text.trim()) return true;
  try {
    await post("/person/messages", { text });
    return true;
  } catch {
    toast(say("unsent"));
    return false;
  }
}

export class Composer {
  constructor() {
    this.field = $("composer");
    this.known = [];
    this.current = -1;
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    $("form").addEventListener("submit", (event) => this.submit(event));
    $("menu").addEventListener("click", () => this.toggleMenu());
    $("keyboard-toggle").addEventListener("click", () => this.toggleKeyboard());
    document.addEventListener("pointerdown", (event) => this.dismiss(event));
  }

  know(commands) {
    this.known = commands;
    $("menu").hidden = this.known.length === 0;
  }

  typed() {
    this.grow();
    $("send").disabled = !this.field.value.trim();
    const wanted = /^\/(\w*)$/.exec(this.field.value);
    if (wanted) this.list(this.known.filter(({ command }) => command.startsWith(wanted[1].toLowerCase())));
    else this.hideMenu();
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
  }

  key(event) {
    if (event.isComposing) return;
    const shown = !$("commands").hidden;
    if (shown && (event.key === "ArrowDown" || event.key === "ArrowUp")) this.move(event);
    else if (shown && event.key === "Escape") this.hideMenu();
    else if (shown && event.key === "Tab" && this.choice()) this.complete(event);
    else if (event.key === "Enter" && !event.shiftKey) this.enter(event);
  }

  enter(event) {
    event.preventDefault();
    if (this.current >= 0) this.sendCommand(this.choice());
    else $("form").requestSubmit();
  }

  async submit(event) {
    event.preventDefault();
    const text = this.field.value;
    this.set("");
    this.field.focus();
    if (!(await write(text))) this.set(text);
  }

  set(text) {
    this.field.value = text;
    this.typed();
  }

  toggleMenu() {
    if ($("commands").hidden) this.list(this.known);
    else this.hideMenu();
  }

  list(commands) {
    this.listed = commands;
    this.current = -1;
    $("commands").replaceChildren(...commands.map((command) => this.line(command)));
    $("commands").hidden = commands.length === 0;
    $("menu").setAttribute("aria-expanded", String(commands.length > 0));
  }

  line(command) {
    const name = element("span", { className: "name", textContent: `/${command.command}` });
    const description = element("span", { className: "description", textContent: command.description });
    const button = element("button", { type: "button" }, name, description);
    button.addEventListener("click", () => this.sendCommand(command));
    return element("li", {}, button);
  }

  choice() {
    return this.listed[Math.max(this.current, 0)];
  }

  move(event) {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    this.current = (this.current + step + this.listed.length) % this.listed.length;
    [...$("commands").children].forEach((line, index) => line.classList.toggle("current", index === this.current));
    $("commands").children[this.current].scrollIntoView({ block: "nearest" });
  }

  complete(event) {
    event.preventDefault();
    this.set(`/${this.choice().command} `);
  }

  async sendCommand(command) {
    this.hideMenu();
    this.set("");
    await write(`/${command.command}`);
  }

  hideMenu() {
    this.current = -1;
    $("commands").hidden = true;
    $("menu").setAttribute("aria-expanded", "false");
  }

  dismiss(event) {
    if (!event.target.closest("#footer")) this.hideMenu();
  }

  // The newest message of the bot that says something about the keyboard decides.
  bring(views) {
    const keyboard = views.findLast((view) => view.from === "bot" && view.keyboard)?.keyboard;
    if (!keyboard) return;
    this.keyboard = keyboard;
    const rows = keyboard.rows.map((row) => element("div", {}, ...row.map((text) => this.reply(text))));
    $("reply-keyboard").replaceChildren(...rows);
    $("reply-keyboard").hidden = rows.length === 0;
    $("keyboard-toggle").hidden = rows.length === 0;
    this.field.placeholder = keyboard.placeholder ?? say("message");
    if (keyboard.force_reply) this.field.focus();
  }

  reply(text) {
    const button = element("button", { type: "button", textContent: text });
    button.addEventListener("click", async () => {
      if (this.keyboard.one_time) $("reply-keyboard").hidden = true;
      await write(text);
    });
    return button;
  }

  toggleKeyboard() {
    $("reply-keyboard").hidden = !$("reply-keyboard").hidden;
  }
}
