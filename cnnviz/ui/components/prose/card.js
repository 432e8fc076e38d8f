// The card of a term. It lies above everything else on the page, so that nothing cuts it off.

const REST = 180; // ms that a pointer rests on a term before the card opens
const LEAVE = 250; // ms to reach the card with the pointer
const GAP = 6;

class Card {
  constructor(root) {
    this.root = root;
    this.element = html("div", { class: "card", role: "note", popover: "manual", id: "card", "aria-live": "polite" });
    this.element.onpointerenter = () => clearTimeout(this.timer);
    this.element.onpointerleave = () => this.leave();
    this.ears = new AbortController();
    const options = { signal: this.ears.signal, capture: true };
    window.addEventListener("keydown", (event) => this.press(event), options);
    window.addEventListener("pointerdown", (event) => this.clickedAway(event) && this.close(), options);
    window.addEventListener("scroll", () => this.place(), { ...options, passive: true });
    window.addEventListener("resize", () => this.place(), options);
    root.append(this.element);
  }

  /** Make a word a button that opens the card. */
  button(text, term) {
    const button = html("button", { class: "term", type: "button", text, "aria-expanded": "false", "aria-controls": "card" });
    button.onpointerenter = (event) => event.pointerType === "mouse" && this.rest(button, term);
    button.onpointerleave = () => this.leave();
    button.onclick = () => (this.owner === button && this.pinned ? this.close() : this.open(button, term, true));
    return button;
  }

  rest(button, term) {
    clearTimeout(this.timer);
    if (this.owner === button || this.pinned) return;
    this.timer = setTimeout(() => this.open(button, term, false), REST);
  }

  leave() {
    clearTimeout(this.timer);
    if (this.owner && !this.pinned) this.timer = setTimeout(() => this.close(), LEAVE);
  }

  open(button, term, pinned) {
    clearTimeout(this.timer);
    if (this.owner !== button) this.close();
    Object.assign(this, { owner: button, pinned });
    button.setAttribute("aria-expanded", "true");
    this.element.replaceChildren(...described(term));
    if (!this.element.matches(":popover-open")) this.element.showPopover();
    this.place();
  }

  close() {
    clearTimeout(this.timer);
    this.owner?.setAttribute("aria-expanded", "false");
    this.owner = undefined;
    this.pinned = false;
    if (this.element.matches(":popover-open")) this.element.hidePopover();
  }

  /** Put the card below its term, or above where there is no room. */
  place() {
    if (!this.owner) return;
    if (!this.owner.isConnected) return this.close();
    const word = this.owner.getClientRects()[0];
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const below = word.bottom + GAP;
    const top = below + height > window.innerHeight && word.top - GAP > height ? word.top - GAP - height : below;
    const left = Math.max(GAP, Math.min(word.left, document.documentElement.clientWidth - width - GAP));
    Object.assign(this.element.style, { left: `${left}px`, top: `${top}px` });
  }

  press(event) {
    if (event.key !== "Escape" || !this.owner) return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  }

  clickedAway(event) {
    const path = event.composedPath();
    return this.owner && !path.includes(this.element) && !path.includes(this.owner);
  }

  remove() {
    this.close();
    this.ears.abort();
  }
}

/** What a card says: the term and its symbol, the other languages, the meaning, what is related. */
function described(term) {
  const name = html("p", { class: "name" }, html("b", { text: term.english }));
  if (term.symbol) name.append(html("i", { class: "symbol", text: term.symbol }));
  const words = html("p", { class: "words" }, ...translations(term));
  const lines = [name, words, html("p", { text: term.meaning })];
  if (term.see.length) lines.push(html("p", { class: "see", text: `See also ${term.see.join(", ")}.` }));
  return lines;
}

function translations(term) {
  return [html("span", { lang: "ko", text: term.korean }), html("span", { lang: "zh-Hant", text: term.chinese })];
}
