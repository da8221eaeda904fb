// The list of messages: order, groups, days, and where the eye rests.
import { draw, makeMessage } from "./bubble.js";
import { $, element } from "./parts.js";
import { day } from "./words.js";

const GROUP = 5 * 60_000;
const NEAR = 80;

export class MessageList {
  constructor(onEmpty) {
    this.nodes = new Map();
    this.onEmpty = onEmpty;
    this.unread = 0;
    $("chat").addEventListener("scroll", () => this.looked(), { passive: true });
    $("bottom").addEventListener("click", () => this.toBottom("smooth"));
    $("messages").addEventListener("load", () => this.settle(), true);
    new ResizeObserver(() => this.settle()).observe($("chat"));
  }

  show(views, fresh) {
    if (fresh) this.clear();
    const wasAtBottom = fresh || this.atBottom();
    let own = false;
    for (const view of views) {
      const known = this.nodes.has(view.id);
      this.place(view, fresh);
      own ||= !known && view.from !== "bot" && !view.deleted;
      if (!known && !view.deleted && view.from === "bot" && !wasAtBottom) this.unread += 1;
    }
    if (views.length > 0) this.regroup();
    this.stuck = wasAtBottom || own;
    this.settle();
    this.onEmpty(this.nodes.size === 0);
    this.mark();
  }

  place(view, fresh) {
    const known = this.nodes.get(view.id);
    if (view.deleted) {
      known?.remove();
      this.nodes.delete(view.id);
      return;
    }
    const node = known ?? makeMessage(view);
    draw(node, view);
    if (known) return;
    this.nodes.set(view.id, node);
    node.classList.toggle("new", !fresh);
    $("messages").append(node);
  }

  // Who follows whom decides about tails and days; the list is rebuilt only where that changed.
  regroup() {
    const nodes = [...this.nodes.values()].sort((one, other) => one.view.id - other.view.id);
    document.querySelectorAll(".day").forEach((separator) => separator.remove());
    nodes.forEach((node, index) => {
      const [before, after] = [nodes[index - 1], nodes[index + 1]];
      node.classList.toggle("first", !together(before, node));
      node.classList.toggle("last", !together(node, after));
      if (before && before.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING) before.after(node);
      if (!before || !sameDay(before, node)) node.before(separator(node));
    });
  }

  clear() {
    $("messages").replaceChildren();
    this.nodes.clear();
    this.unread = 0;
  }

  atBottom() {
    const chat = $("chat");
    return chat.scrollHeight - chat.scrollTop - chat.clientHeight < NEAR;
  }

  toBottom(behavior = "instant") {
    $("chat").scrollTo({ top: $("chat").scrollHeight, behavior });
  }

  settle() {
    if (this.stuck) this.toBottom();
  }

  looked() {
    this.stuck = this.atBottom();
    if (this.stuck) this.unread = 0;
    this.mark();
    this.floatDays();
  }

  // A day that floats over messages is shown only while one scrolls, and only the lowest of them.
  floatDays() {
    const bottom = (node) => node.getBoundingClientRect().bottom;
    const top = (node) => node.getBoundingClientRect().top;
    const days = [...document.querySelectorAll(".day")];
    const floating = days.filter((node) => bottom(node) > top(node.nextElementSibling) + 4);
    days.forEach((node) => node.classList.toggle("stuck", floating.includes(node)));
    days.forEach((node) => node.classList.toggle("under", floating.slice(0, -1).includes(node)));
    $("chat").classList.remove("idle");
    clearTimeout(this.idle);
    this.idle = setTimeout(() => $("chat").classList.add("idle"), 1200);
  }

  mark() {
    $("bottom").hidden = this.atBottom();
    $("unread").hidden = this.unread === 0;
    $("unread").textContent = this.unread;
  }

  goTo(id) {
    const node = this.nodes.get(Number(id));
    if (!node) return;
    this.stuck = false;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.remove("highlight");
    requestAnimationFrame(() => node.classList.add("highlight"));
  }
}

const stamp = (node) => new Date(node.view.date);
const sameDay = (one, other) => stamp(one).toDateString() === stamp(other).toDateString();

function together(one, other) {
  if (!one || !other) return false;
  return one.view.from === other.view.from && sameDay(one, other) && stamp(other) - stamp(one) < GROUP;
}

function separator(node) {
  return element("div", { className: "day", textContent: day(stamp(node)) });
}
