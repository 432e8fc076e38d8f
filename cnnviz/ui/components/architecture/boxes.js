// One layer as a box that leans back, or a folded stage as a sliced one.

class LayerBox {
  /** `watch` is told what is pointed at, pressed or left. */
  constructor(box, watch) {
    Object.assign(this, box);
    const [x, y, width, height, lean] = box.place;
    Object.assign(this, { x, y, width, height, lean });
    this.element = svg(
      "g",
      { class: `box ${box.kind}${box.known ? "" : " unknown"}`, tabindex: -1, role: "button", "aria-label": this.told(), "data-layer": box.name },
      svg("path", { class: "side", d: `M${x} ${y}l${lean} ${-lean}h${width}l${-lean} ${lean}zM${x + width} ${y}l${lean} ${-lean}v${height}l${-lean} ${lean}z` }),
      svg("rect", { class: "front", x, y, width, height }),
      ...this.slicesBetween(),
    );
    this.listen(watch);
  }

  slicesBetween() {
    if (this.slices < 2) return [];
    const apart = this.width / this.slices;
    const lines = Array.from({ length: this.slices - 1 }, (_, at) => `M${this.x + (at + 1) * apart} ${this.y}v${this.height}`);
    return [svg("path", { class: "slices", d: lines.join("") })];
  }

  listen(watch) {
    const { element, name } = this;
    element.onpointerenter = (event) => event.pointerType !== "touch" && watch.look(name);
    element.onpointerleave = () => watch.look();
    element.onfocus = () => element.matches(":focus-visible") && watch.look(name);
    element.onblur = () => watch.look();
    element.onclick = () => watch.press(name);
  }

  /** Tell whether a layer is this one, or folded into it. */
  holds(name) {
    return name !== "" && (this.name === name || this.members.includes(name));
  }

  told() {
    return `${this.name}: ${this.title}, ${this.size}`;
  }

  /** How far down it reaches between two places, drawn at a scale; nowhere if it is not there. */
  foot(left, right, scale) {
    const [start, bend, end] = [this.x, this.x + this.width, this.x + this.width + this.lean].map((x) => x * scale);
    return right < start || left > end ? -Infinity : (this.y + this.height) * scale - Math.max(0, left - bend);
  }

  /** Its name and size, or its name alone, below it. */
  caption(scale, font, lines) {
    const line = font * 1.18;
    const middle = (this.x + this.width / 2) * scale;
    const top = (this.y + this.height) * scale + line;
    const texts = [this.name.split("/").at(-1), this.size].slice(0, lines);
    const half = (Math.max(...texts.map((text) => text.length)) * font * 0.53) / 2;
    return { box: this, texts, middle, top, line, left: middle - half, right: middle + half, bottom: top + (lines - 1) * line };
  }
}
