// One message: made once, then changed in place, so that nothing flickers or jumps.
import { element, icon, size } from "./parts.js";
import { clock, say } from "./words.js";

export function makeMessage(view) {
  const node = element("article", { className: "message", dataset: { id: view.id } });
  node.append(element("div", { className: "bubble" }));
  node.classList.toggle("own", view.from !== "bot");
  node.view = {};
  return node;
}

export function draw(node, view) {
  const before = node.view;
  node.view = view;
  node.classList.toggle("photo", Boolean(view.photo));
  node.classList.toggle("document", Boolean(view.document));
  node.classList.toggle("bare", Boolean(view.photo) && !view.text);
  node.classList.toggle("buttons", view.buttons.length > 0);
  drawBubble(node.firstElementChild, before, view);
  if (changed(before, view, "buttons")) drawKeyboard(node, view.buttons);
}

const changed = (before, view, name) => JSON.stringify(before[name]) !== JSON.stringify(view[name]);

function drawBubble(bubble, before, view) {
  drawPicture(bubble, before, view);
  if (!["html", "edited", "document", "reply_to", "date"].some((name) => changed(before, view, name))) return;
  bubble.querySelectorAll(":scope > :not(.picture)").forEach((part) => part.remove());
  const text = element("div", { className: "text" });
  text.innerHTML = view.html;
  text.append(meta(view));
  if (view.forwarded) bubble.append(element("span", { className: "forwarded", textContent: say("forwarded") }));
  bubble.append(...[reply(view.reply_to), file(view.document), text].filter(Boolean));
}

function drawPicture(bubble, before, view) {
  if (before.photo === view.photo) return;
  const old = bubble.querySelector(".picture");
  if (!view.photo) return old?.remove();
  if (!old) return bubble.prepend(picture(view));
  // The new image is decoded before it takes the old one's place.
  const next = picture(view);
  const swap = () => bubble.querySelector(".picture")?.replaceWith(next);
  next.firstElementChild.decode().then(swap, swap);
}

function picture(view) {
  const [width, height] = view.photo_size ?? [4, 3];
  const image = element("img", { src: view.photo, width, height, alt: say("photo"), decoding: "async" });
  return element("button", { type: "button", className: "picture", dataset: { photo: view.photo } }, image);
}

function meta(view) {
  const stamp = new Date(view.date);
  const time = element("time", { dateTime: view.date, textContent: clock(stamp), title: stamp.toLocaleString() });
  const edited = view.edited ? element("span", { className: "edited", textContent: say("edited") }) : null;
  return element("span", { className: "meta" }, edited, time, view.from === "bot" ? null : icon("ticks"));
}

function reply(answered) {
  if (!answered) return null;
  const who = element("b", { textContent: answered.from === "bot" ? document.title : say("you") });
  const text = element("span", { textContent: answered.text || say("photo") });
  return element("button", { type: "button", className: "reply", dataset: { goto: answered.id } }, who, text);
}

function file(document_) {
  if (!document_) return null;
  const sheet = element("span", { className: "sheet" }, icon("sheet"));
  const name = element("span", { className: "name", textContent: document_.name });
  const bytes = element("span", { className: "size", textContent: size(document_.size) });
  return element("a", { className: "file", href: document_.url, download: document_.name }, sheet, element("span", {}, name, bytes));
}

function drawKeyboard(node, rows) {
  const pressed = new Set([...node.querySelectorAll(".loading")].map((button) => button.dataset.callback));
  node.querySelector(".keyboard")?.remove();
  if (rows.length === 0) return;
  const lines = rows.map((row) => element("div", {}, ...row.map((button) => makeButton(button, pressed))));
  node.append(element("div", { className: "keyboard", role: "group" }, ...lines));
}

function makeButton(button, pressed) {
  const made = element("button", { type: "button", textContent: button.label });
  if (button.style) made.classList.add(button.style);
  if (button.callback_data) made.dataset.callback = button.callback_data;
  if (button.url) Object.assign(made.dataset, { url: button.url }), made.append(icon("link", "mark"));
  if (button.copy) Object.assign(made.dataset, { copy: button.copy }), made.append(icon("copy", "mark"));
  made.classList.toggle("loading", pressed.has(button.callback_data));
  return made;
}
