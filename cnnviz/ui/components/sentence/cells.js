// Cells of a drawing: a fill for the value, its number, and a small line below it for what it is multiplied with.

/** Write a number of at most two decimals as briefly as it can be. */
function short(value) {
  return signed(String(Number(value.toFixed(2))));
}

class Cell {
  constructor(x, y, width, height, font, classes = "") {
    this.box = svg("rect", { x, y, width, height });
    this.text = svg("text", { x: x + width / 2, y: y + height / 2 });
    this.below = svg("text", { class: "factor", x: x + width / 2, y: y + height * 0.76 });
    this.text.style.fontSize = `${font}px`;
    this.below.style.fontSize = `${Math.max(10, font * 0.74)}px`;
    this.middle = y + height / 2;
    this.raised = y + height * 0.33;
    this.element = svg("g", { class: `cell ${classes}` }, this.box, this.text, this.below);
  }

  /** Show a value, or nothing; with a factor the value moves up to make room. */
  show(value, scale, factor) {
    const empty = value === undefined;
    this.box.style.fill = empty ? "" : scale.fill(value);
    this.text.style.fill = this.below.style.fill = empty ? "" : scale.ink(value);
    write(this.text, empty ? "" : short(value));
    write(this.below, factor === undefined || empty ? "" : `×${short(factor)}`);
    this.text.setAttribute("y", factor === undefined ? this.middle : this.raised);
  }
}

/** Make a label beside or above cells. */
function label(text, x, y, classes, anchor, font) {
  const element = svg("text", { class: `label ${classes}`, x, y, text, "text-anchor": anchor });
  if (font) element.style.fontSize = `${font}px`;
  return element;
}
