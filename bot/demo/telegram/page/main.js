// The chat page: what it shows comes from the server, what it does goes there.
import { Composer, write } from "./composer.js";
import { follow, get, post } from "./desk.js";
import { answer, enlarge, prepareDialogs, toast } from "./dialogs.js";
import { Draft } from "./draft.js";
import { MessageList } from "./list.js";
import { $ } from "./parts.js";
import { say, speak } from "./words.js";

const ACTION_LASTS = 5000;
const ANSWER_TAKES = 30;
const ACTIONS = { upload_photo: "photographing", upload_document: "uploading" };

class Page {
  constructor(me) {
    this.composer = new Composer();
    this.list = new MessageList((empty) => this.showEmpty(empty));
    this.draft = new Draft(() => this.list.settle());
    this.connection = "connecting";
    this.introduce(me);
  }

  introduce(me) {
    speak(me.language_code);
    document.title = me.bot.first_name;
    $("title").textContent = me.bot.first_name;
    $("composer").placeholder = say("message");
    $("composer").setAttribute("aria-label", say("message"));
    $("menu").lastElementChild.textContent = say("menu");
    $("start").textContent = say("start");
    $("empty").querySelector("h2").textContent = say("nothing");
    const labels = { send: "send", theme: "theme", bottom: "down", "keyboard-toggle": "keyboard" };
    for (const [id, word] of Object.entries(labels)) $(id).setAttribute("aria-label", say(word));
    $("viewer").querySelector(".close").setAttribute("aria-label", say("close"));
    $("pinned").querySelector("b").textContent = say("pinned");
    this.showStatus();
  }

  heard(events, fresh) {
    this.list.show(events.messages, fresh);
    this.draft.show(events.draft);
    this.composer.bring(events.messages);
    if (!fresh) events.toasts.forEach(answer);
    this.connection = events.online ? "online" : "offline";
    this.showAction(events);
    this.showPinned(events.pinned);
    this.composer.know(events.commands);
    $("empty").querySelector("p").textContent = events.description || say("hint");
  }

  lost() {
    this.connection = "connecting";
    this.showStatus();
  }

  showAction({ action }) {
    clearTimeout(this.actionEnds);
    this.action = action;
    if (this.action) this.actionEnds = setTimeout(() => this.endAction(), ACTION_LASTS);
    this.showStatus();
  }

  endAction() {
    this.action = null;
    this.showStatus();
  }

  showStatus() {
    const busy = this.action && this.connection !== "connecting";
    const calm = this.connection === "connecting" ? say("connecting") : `${say("bot")} · ${say(this.connection)}`;
    const text = busy ? say(ACTIONS[this.action] ?? "typing") : calm;
    $("status").classList.toggle("busy", Boolean(busy));
    if ($("status").textContent !== text) $("status").textContent = text;
  }

  showPinned(pinned) {
    $("pinned").hidden = !pinned;
    if (!pinned) return;
    $("pinned").dataset.goto = pinned.id;
    $("pinned").querySelector(".what span").textContent = pinned.text || say("photo");
  }

  showEmpty(empty) {
    $("empty").hidden = !empty;
    $("messages").hidden = empty;
  }

  listen() {
    document.addEventListener("click", (event) => this.clicked(event.target));
    $("start").addEventListener("click", () => write("/start"));
  }

  clicked(target) {
    const button = target.closest(".keyboard button, .picture, .command, .spoiler, .expandable, [data-goto]");
    if (!button) return;
    if (button.matches(".keyboard button")) this.press(button);
    else if (button.matches(".picture")) enlarge(button.dataset.photo);
    else if (button.matches(".command")) write(button.textContent);
    else if (button.dataset.goto) this.list.goTo(button.dataset.goto);
    else button.classList.toggle("open");
  }

  press(button) {
    if (button.dataset.url) open(button.dataset.url, "_blank", "noopener");
    else if (button.dataset.copy) this.copy(button.dataset.copy);
    else if (button.dataset.callback) this.tap(button);
  }

  async copy(text) {
    await navigator.clipboard.writeText(text);
    toast(say("copied"));
  }

  async tap(button) {
    if (button.classList.contains("loading")) return;
    const message = button.closest(".message");
    const callback_data = button.dataset.callback;
    button.classList.add("loading");
    try {
      const message_id = Number(message.dataset.id);
      const given = await post("/person/taps", { message_id, callback_data, wait: ANSWER_TAKES });
      if (!given.answered) toast(say("silent"));
    } catch {
      toast(say("gone"));
    }
    // The keyboard may have been drawn anew meanwhile.
    const same = [...message.querySelectorAll(".keyboard button")].filter((one) => one.dataset.callback === callback_data);
    [button, ...same].forEach((one) => one.classList.remove("loading"));
  }
}

async function begin() {
  prepareDialogs();
  const page = new Page(await get("/person/me"));
  page.listen();
  await follow((events, fresh) => page.heard(events, fresh), () => page.lost());
}

begin();
