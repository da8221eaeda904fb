// What the bot is still writing: a bubble that grows, and a way to stop it.
import { post } from "./desk.js";
import { toast } from "./dialogs.js";
import { $, element } from "./parts.js";
import { say } from "./words.js";

const LASTS = 30_000;

export class Draft {
  constructor(onChange) {
    this.onChange = onChange;
  }

  show(draft) {
    clearTimeout(this.ends);
    $("draft").hidden = !draft;
    if (!draft) return $("draft").replaceChildren();
    this.ends = setTimeout(() => this.show(null), LASTS);
    const text = element("div", { className: "text" });
    if (draft.text) text.innerHTML = draft.html;
    else text.append(element("span", { className: "thinking", textContent: say("thinking") }));
    const bubble = element("div", { className: "bubble" }, text);
    $("draft").replaceChildren(...[bubble, draft.can_stop ? stopper() : null].filter(Boolean));
    this.onChange();
  }
}

function stopper() {
  const button = element("button", { type: "button", textContent: say("stop") });
  button.addEventListener("click", () => stop(button));
  return element("div", { className: "keyboard", role: "group" }, element("div", {}, button));
}

async function stop(button) {
  button.classList.add("loading");
  try {
    await post("/person/stop", {});
  } catch {
    toast(say("gone"));
  }
}
