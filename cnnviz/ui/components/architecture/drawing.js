// The whole drawing: boxes, wires and captions, in as many rows as the page is narrow.

const SMALLEST = 0.62; // of its natural size; narrower pages break it into more rows
const LOWEST = 0.55; // where many branches would need more height than there is
const BESIDE = 4; // pixels between a caption and the box of another layer
const FAR = 2; // lines
const LARGEST = { page: 1.15, present: 1.7 };
const ORDER = ["input", "stage", "conv", "dense", "pool", "merge"]; // whose caption is kept where room is short

class NetworkDrawing {
  constructor(watch) {
    this.watch = watch;
    this.rows = html("div", { class: "rows" });
    this.legend = html("p", { class: "legend-line" });
    this.element = html("div", { class: "network-drawing" }, this.rows, this.legend);
    this.element.onkeydown = (event) => this.key(event);
  }

  load(drawing, present) {
    const focus = this.element.getRootNode().activeElement;
    this.held = this.boxes?.find(({ element }) => element === focus)?.name;
    Object.assign(this, { drawing, present });
    this.boxes = drawing.boxes.map((box) => new LayerBox(box, this.watch));
    this.boxes[0].element.setAttribute("tabindex", 0);
    const keys = Object.entries(drawing.legend).map(([kind, text]) => html("span", { class: `key ${kind}` }, html("i"), text));
    this.legend.replaceChildren(...keys, html("span", { text: drawing.scale }));
    this.width = undefined;
  }

  /** Choose the fewest rows in which it can be read, and draw them. */
  fit(width) {
    if (!width || this.width === width) return;
    this.width = width;
    const most = this.present ? LARGEST.present : LARGEST.page;
    const scaleOf = (way) => Math.min(most, width / Math.max(...way.map((row) => row[2])));
    const { rowings } = this.drawing;
    const way = rowings.find((each) => scaleOf(each) >= SMALLEST * (this.present ? 1.3 : 1)) ?? rowings.at(-1);
    const height = way.reduce((total, row) => total + row[3], 0);
    const room = window.innerHeight * (this.low ? 0.36 : 0.62);
    this.scale = Math.min(scaleOf(way), Math.max(LOWEST, room / height));
    this.rows.replaceChildren(...way.map((row) => this.row(row)));
    if (this.held) this.find(this.held)?.element.focus({ preventScroll: true });
    this.held = undefined;
  }

  row([x, y, width, height]) {
    const { scale } = this;
    const font = this.present ? 17 : 13;
    const inside = this.boxes.filter((box) => box.x >= x && box.x < x + width);
    const wires = this.drawing.wires.filter((points) => points[0][0] < x + width && points.at(-1)[0] > x);
    const lines = wires.map((points) => `M${points.map((point) => point.join(" ")).join("L")}`);
    const scaled = svg("g", { transform: `scale(${scale})` }, svg("path", { class: "wires", d: lines.join("") }), ...inside.map(({ element }) => element).reverse());
    const kept = this.captions(inside, font, [x * scale, (x + width) * scale]);
    const [left, top, wide, high] = [x, y, width, height].map((length) => length * scale);
    const low = Math.max(top + high, ...kept.map(({ bottom }) => bottom + 4)); // letters do not shrink with the boxes
    const view = [left, top, wide, low - top];
    return svg("svg", { viewBox: view.join(" "), width: wide, height: low - top }, scaled, ...kept.map((caption) => this.written(caption, font)));
  }

  /** Write below the boxes what they are, where there is room for it. */
  captions(boxes, font, [left, right]) {
    const kept = [];
    const rank = (box) => ORDER.indexOf(box.kind);
    const wanted = boxes.filter((box) => rank(box) >= 0 || !box.known).sort((one, other) => rank(one) - rank(other));
    for (const box of wanted) {
      const own = [2, 1].map((lines) => this.caption(box, font, lines, [left, right])).find((caption) => this.lower(caption, boxes));
      const apart = (other) => own.right + 5 < other.left || own.left > other.right + 5 || own.bottom < other.top - own.line || own.top - own.line > other.bottom;
      if (own && kept.every(apart)) kept.push(own);
    }
    return kept;
  }

  caption(box, font, lines, [left, right]) {
    const own = box.caption(this.scale, font, lines);
    const shift = Math.max(left - own.left, 0) || Math.min(right - own.right, 0);
    for (const edge of ["left", "middle", "right"]) own[edge] += shift;
    return own;
  }

  /** Move a caption down until it touches no box; say whether it is still near its own. */
  lower(own, boxes) {
    const touched = (by) => boxes.filter((box) => (box.y - box.lean) * this.scale < own.bottom + by).map((box) => box.foot(own.left - BESIDE, own.right + BESIDE, this.scale));
    let by = 0;
    for (let foot; (foot = Math.max(...touched(by)) + own.line - own.top) > by; ) by = foot;
    for (const edge of ["top", "bottom"]) own[edge] += by;
    return by <= FAR * own.line;
  }

  written({ box, texts, middle, top, line }, font) {
    const lines = texts.map((text, at) => svg("tspan", { x: middle, y: top + at * line, class: at ? "size" : false, text }));
    return svg("text", { class: "caption-text", "font-size": font, "aria-hidden": "true", "data-of": box.name }, ...lines);
  }

  light(looked, chosen) {
    for (const box of this.boxes) {
      box.element.classList.toggle("lit", box.holds(looked));
      box.element.classList.toggle("chosen", box.holds(chosen));
      box.element.setAttribute("aria-pressed", String(box.holds(chosen)));
    }
  }

  /** Find the box that shows a layer. */
  find(name) {
    return this.boxes.find((box) => box.holds(name));
  }

  /** Arrows walk from box to box, Enter presses one. */
  key(event) {
    const at = this.boxes.findIndex(({ element }) => element === event.target);
    const steps = { ArrowLeft: -1, ArrowRight: 1, Home: -this.boxes.length, End: this.boxes.length };
    if (at < 0) return;
    if (event.key === "Enter" || event.key === " ") this.watch.press(this.boxes[at].name);
    else if (steps[event.key]) this.boxes[Math.max(0, Math.min(this.boxes.length - 1, at + steps[event.key]))].element.focus();
    else return;
    event.preventDefault();
  }
}
