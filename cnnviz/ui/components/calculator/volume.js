// A volume of maps as a box to scale: height and width on its front, channels behind each other.

const SLANT = { x: 0.72, y: 0.5 }; // how a step into the depth is drawn

class Volume {
  /** `role` names its colour; `sizes` are channels, height and width, `scale` pixels for a cell and for a channel. */
  constructor(role, [channels, height, width], scale) {
    this.role = role;
    this.sizes = { channels, height, width };
    this.front = { width: Math.max(2, width * scale.cell), height: Math.max(2, height * scale.cell) };
    this.deep = Math.max(1.5, channels * scale.channel);
    this.cell = scale.cell;
  }

  get shift() {
    return [this.deep * SLANT.x, -this.deep * SLANT.y];
  }

  get wide() {
    return this.front.width + this.shift[0];
  }

  get tall() {
    return this.front.height - this.shift[1];
  }

  /** Draw it with the upper left corner of its front at a place. */
  draw(x, y, copies = 1) {
    Object.assign(this, { x, y });
    const { front, shift, role } = this;
    const group = svg("g", { class: `volume ${role}` });
    for (let at = copies - 1; at > 0; at--) group.append(this.face(x + 5 * at, y - 4 * at, "copy"));
    const top = `M${x} ${y}l${shift[0]} ${shift[1]}h${front.width}l${-shift[0]} ${-shift[1]}z`;
    const side = `M${x + front.width} ${y}l${shift[0]} ${shift[1]}v${front.height}l${-shift[0]} ${-shift[1]}z`;
    group.append(svg("path", { class: "side", d: top }), svg("path", { class: "side", d: side }), this.face(x, y, "front"));
    group.append(...this.edges());
    return group;
  }

  face(x, y, name) {
    return svg("rect", { class: name, x, y, width: this.front.width, height: this.front.height });
  }

  /** The three edges that stand for height, width and channels, to be lit by their terms. */
  edges() {
    const { x, y, front, shift, role } = this;
    const edge = (name, d) => svg("path", { class: "edge", "data-term": `${role}-${name}`, d });
    return [
      edge("height", `M${x} ${y}v${front.height}`),
      edge("width", `M${x} ${y + front.height}h${front.width}`),
      edge("channels", `M${x + front.width} ${y + front.height}l${shift[0]} ${shift[1]}`),
    ];
  }

  /** Write height, width and channels at their edges, outside of what lies around it; `told` holds the three texts. */
  labels(told, font, around = { left: 0, right: 0, bottom: 0 }) {
    const { x, y, front, shift, role } = this;
    const label = (name, place, anchor) =>
      svg("text", { class: `label ${role}`, "data-term": `${role}-${name}`, ...place, "text-anchor": anchor, text: told[name] });
    return [
      label("height", { x: x - 6 - around.left, y: y + front.height / 2 + font * 0.35 }, "end"),
      label("width", { x: x + front.width / 2, y: y + front.height + around.bottom + font + 3 }, "middle"),
      label("channels", { x: x + front.width + Math.max(shift[0] / 2, around.right) + 5, y: y + front.height + shift[1] / 2 + font * 0.8 }, "start"),
    ].filter((text) => text.textContent);
  }

  /** The cell of the front below a point, as row and column; undefined outside. */
  locate([px, py]) {
    const [row, column] = [Math.floor((py - this.y) / this.cell), Math.floor((px - this.x) / this.cell)];
    const { height, width } = this.sizes;
    return row >= 0 && column >= 0 && row < height && column < width ? [row, column] : undefined;
  }
}
