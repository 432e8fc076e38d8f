// One column a layer: thumbnails of its maps, a strip of many numbers, or cells of a few.

const GAP = 4;
const LEAST = { page: 58, open: 46 }; // width of a column's caption
const WIDTHS = { page: { strip: 46, units: 60, shares: 118 }, open: { strip: 36, units: 56, shares: 66 } };

/** One layer. `watch` is told what is pointed at, pressed or left: the number of a map or a unit. */
class Column {
  constructor(at, watch) {
    this.at = at;
    this.watch = watch;
    this.nodes = [];
    this.title = html("b");
    this.shape = html("span");
    this.field = html("div", { class: "nodes" });
    this.element = html("figure", { class: "column" }, html("figcaption", {}, this.title, this.shape), this.field);
  }

  /** Take what Python sent of this layer; `palettes` and `name` colour it. */
  load(layer, palettes, name) {
    this.layer = layer;
    this.values = unpacked(layer.values);
    this.scales = layer.ends.map((end) => new Scale(end, palettes, name));
    write(this.title, layer.title);
    write(this.shape, layer.size);
    this.element.className = `column ${layer.kind}`;
    const make = { maps: () => this.map(), units: () => this.unit(), shares: () => this.unit(), strip: () => this.strip() };
    const wanted = layer.kind === "strip" ? 1 : layer.names.length;
    if (this.nodes.length !== wanted || this.kind !== layer.kind) {
      this.kind = layer.kind;
      this.nodes = span(wanted).map(() => make[layer.kind]());
      this.nodes.forEach((node, number) => this.listen(node, number));
      this.field.replaceChildren(...this.nodes);
    }
    this.paint();
  }

  map() {
    return html("button", { type: "button", tabindex: -1 }, html("canvas", { "aria-hidden": "true" }));
  }

  unit() {
    return html("button", { type: "button", tabindex: -1 }, html("span", { class: "who" }), html("i"), html("span", { class: "amount" }));
  }

  strip() {
    return html("button", { type: "button", tabindex: -1 }, html("canvas", { "aria-hidden": "true" }));
  }

  listen(node, number) {
    const which = (event) => (this.kind === "strip" && event.detail !== 0 ? this.below(event, node) : number);
    node.onpointermove = (event) => event.pointerType !== "touch" && this.watch.look(this.at, which(event));
    node.onpointerleave = () => this.watch.look();
    node.onfocus = () => node.matches(":focus-visible") && this.watch.look(this.at, number);
    node.onblur = () => this.watch.look();
    node.onclick = (event) => this.watch.press(this.at, which(event));
  }

  below(event, node) {
    const count = this.values.length;
    const [row, column] = cellBelow(event, node, this.lying ? 1 : count, this.lying ? count : 1);
    return this.lying ? column : row;
  }

  paint() {
    const { layer, values, nodes } = this;
    if (layer.kind === "maps") {
      const [, rows, columns] = layer.shape;
      nodes.forEach((node, number) => paintMap(node.firstChild, values, number * rows * columns, rows, columns, this.scales[number]));
    } else if (layer.kind === "strip") this.paintStrip(false);
    else nodes.forEach((node, number) => this.paintUnit(node, number));
    nodes.forEach((node, number) => node.setAttribute("aria-label", `${layer.title}, ${this.nameOf(number)}`));
  }

  paintStrip(lying) {
    this.lying = lying;
    const count = this.values.length;
    paintMap(this.nodes[0].firstChild, this.values, 0, lying ? 1 : count, lying ? count : 1, this.scales[0]);
  }

  paintUnit(node, number) {
    const value = this.values[number];
    const [who, bar, amount] = node.children;
    write(who, this.layer.names[number]);
    write(amount, this.layer.kind === "shares" ? percent(value) : brief(value));
    if (this.layer.kind === "shares") bar.style.setProperty("--share", value);
    else Object.assign(amount.style, { background: this.scales[0].fill(value), color: this.scales[0].ink(value) });
  }

  nameOf(number) {
    if (this.kind === "strip") return `number ${number + 1} of ${this.values.length}`;
    return this.layer.names[number];
  }

  /** Say what stands at a map or a unit. */
  tell(number) {
    const { layer, values } = this;
    if (layer.kind === "maps") return `${layer.title}, ${layer.names[number]}: click to see how it is made.`;
    const value = layer.kind === "shares" ? percent(values[number]) : exact(Number(values[number].toPrecision(6)));
    return `${layer.title}, ${this.nameOf(number)}: ${value}`;
  }

  /** The width it needs if a map has `side` pixels and there is room for `height`. */
  width(side, height, mode) {
    if (this.kind !== "maps") return WIDTHS[mode][this.kind];
    return Math.max(LEAST[mode], this.across(side, height) * (side + GAP) - GAP);
  }

  across(side, height) {
    return Math.ceil(this.nodes.length / Math.max(1, Math.floor((height + GAP) / (side + GAP))));
  }

  /** Take its place: maps of `side` pixels in a room of `height`, or lying in rows on a phone. */
  fit(side, height, mode) {
    const phone = mode === "phone";
    const { style } = this.element;
    style.setProperty("--side", `${side}px`);
    style.setProperty("--across", phone ? "auto" : this.across(side, height));
    style.setProperty("--high", `${phone ? 26 : Math.min(30, Math.floor((height - 2 * this.nodes.length) / this.nodes.length))}px`);
    style.setProperty("--room", `${height}px`);
    style.width = phone ? "100%" : `${this.width(side, height, mode)}px`;
    if (this.kind === "strip") this.paintStrip(phone);
  }

  /** Light nodes: a class for each number, or none. */
  light(classOf) {
    this.nodes.forEach((node, number) => (node.className = classOf(this.kind === "strip" ? undefined : number)));
  }
}

function span(count) {
  return Array.from({ length: count }, (_, number) => number);
}
