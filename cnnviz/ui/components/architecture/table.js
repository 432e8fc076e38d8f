// A line for every layer; a line that is looked at lights its box.

class LayerTable {
  constructor(watch) {
    this.watch = watch;
    this.head = html("tr");
    this.body = html("tbody");
    this.foot = html("tr");
    this.element = html("div", { class: "layer-table" }, html("table", {}, html("thead", {}, this.head), this.body, html("tfoot", {}, this.foot)));
    this.element.onkeydown = (event) => this.key(event);
  }

  load({ heads, rows, total }) {
    const focus = this.element.getRootNode().activeElement;
    const held = this.lines?.find(({ element }) => element === focus)?.name;
    const minor = heads.map(([, , less]) => less);
    const cell = (name, text, at) => html(name, { class: `${minor[at] ? "minor" : ""}${at ? " amount" : ""}`, text });
    this.head.replaceChildren(...heads.map(([text, help], at) => Object.assign(cell("th", text, at), { title: help, scope: "col" })));
    const found = (text, at) => ({ "data-shows": text && heads[at][3] ? heads[at][3] : false });
    const filled = (text, at) => assign(cell("td", text, at), found(text, at), []);
    this.lines = rows.map(([name, ...cells]) => this.line(name, cells.map(filled)));
    if (this.lines.length) this.lines[0].element.tabIndex = 0;
    this.body.replaceChildren(...this.lines.map(({ element }) => element));
    this.foot.replaceChildren(...total.map((text, at) => cell("td", text, at)));
    if (held) this.lines.find(({ name }) => name === held)?.element.focus({ preventScroll: true });
  }

  line(name, cells) {
    const element = html("tr", { tabindex: -1, "data-layer": name }, ...cells);
    element.onpointerenter = (event) => event.pointerType !== "touch" && this.watch.look(name);
    element.onpointerleave = () => this.watch.look();
    element.onfocus = () => element.matches(":focus-visible") && this.watch.look(name);
    element.onclick = () => this.watch.press(name);
    return { name, element };
  }

  /** Light the line of a layer, or those of all layers in a stage. */
  light(looked, chosen, reveal) {
    let first;
    for (const { name, element } of this.lines) {
      const lit = looked.includes(name);
      element.classList.toggle("lit", lit);
      element.classList.toggle("chosen", chosen.includes(name));
      element.setAttribute("aria-selected", String(chosen.includes(name)));
      if (lit) first ??= element;
    }
    if (reveal && first) this.reveal(first);
  }

  /** Scroll the table, and only the table, until a line is seen. */
  reveal(line) {
    const { element } = this;
    const top = line.offsetTop - this.head.offsetHeight;
    const bottom = line.offsetTop + line.offsetHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
  }

  key(event) {
    const at = this.lines.findIndex(({ element }) => element === event.target);
    const steps = { ArrowUp: -1, ArrowDown: 1, Home: -this.lines.length, End: this.lines.length };
    if (at < 0) return;
    if (event.key === "Enter" || event.key === " ") this.watch.press(this.lines[at].name);
    else if (steps[event.key]) this.lines[Math.max(0, Math.min(this.lines.length - 1, at + steps[event.key]))].element.focus();
    else return;
    event.preventDefault();
  }
}
