// The picture with the field of a unit on it: what lies outside is dimmed, padding is hatched.

const MARGIN = 0.15; // of the picture, drawn as padding around it
const WIDE_MARGIN = 0.26; // the same for small pictures, over whose edges fields reach far
const SMALL = 64; // pixels up to which single ones are to be seen
const STARS = [3, 9, 15];

class FieldPicture {
  constructor(choose) {
    this.image = svg("image", { preserveAspectRatio: "none", class: "photo" });
    this.overlay = svg("image", { preserveAspectRatio: "none", class: "overlay" });
    this.board = svg("g", { class: "points" });
    this.dim = svg("path", { class: "dim", "fill-rule": "evenodd" });
    this.around = svg("rect", { class: "around" });
    this.hatching = svg("path", { class: "hatch", "fill-rule": "evenodd" });
    this.frame = svg("rect", { class: "image-frame" });
    this.next = [0, 1].map(() => svg("rect", { class: "next" }));
    this.field = svg("rect", { class: "field" });
    this.middle = svg("circle", { class: "middle" });
    this.line = svg("path", { class: "hatch-line", d: "M0 9L9 0M-2 2L2 -2M7 11L11 7" });
    this.pattern = svg("pattern", { id: "hatching", width: 9, height: 9, patternUnits: "userSpaceOnUse" }, this.line);
    this.element = svg(
      "svg",
      { class: "field-picture", role: "img" },
      svg("defs", {}, this.pattern),
      this.around, this.image, this.board, this.overlay, this.hatching, this.dim, this.frame, ...this.next, this.field, this.middle,
    );
    this.element.onclick = (event) => choose(this.locate(event));
  }

  /** Show another picture, or none: then a board. */
  update({ shape, picture, board }) {
    const [height, width] = shape;
    Object.assign(this, { height, width });
    this.margin = Math.max(1, Math.round((width <= SMALL ? WIDE_MARGIN : MARGIN) * Math.max(height, width)));
    const [left, top, wide, tall] = this.view();
    this.element.setAttribute("viewBox", [left, top, wide, tall].join(" "));
    this.place(this.around, left, top, wide, tall);
    this.place(this.frame, 0, 0, width, height);
    this.place(this.image, 0, 0, width, height);
    this.pattern.setAttribute("patternTransform", `scale(${wide / 420})`);
    this.hatching.setAttribute("d", this.outside(0, 0, width, height));
    this.image.classList.toggle("pixelated", width <= SMALL);
    if (this.shown !== picture) this.image.setAttribute("href", (this.shown = picture));
    this.image.toggleAttribute("hidden", board);
    this.board.replaceChildren(...(board ? this.points() : []));
  }

  view() {
    const { margin, width, height } = this;
    return [-margin, -margin, width + 2 * margin, height + 2 * margin];
  }

  place(element, x, y, width, height) {
    for (const [name, value] of Object.entries({ x, y, width, height })) element.setAttribute(name, value);
  }

  /** Everything that is drawn but for a rectangle. */
  outside(x, y, width, height) {
    const [left, top, wide, tall] = this.view();
    return `M${left} ${top}h${wide}v${tall}h${-wide}zM${x} ${y}h${width}v${height}h${-width}z`;
  }

  points() {
    const ends = [0.5, this.width - 0.5];
    const lines = Array.from({ length: this.width }, (_, at) => `M${ends[0]} ${at + 0.5}H${ends[1]}M${at + 0.5} ${ends[0]}V${ends[1]}`);
    const stars = STARS.flatMap((row) => STARS.map((column) => svg("circle", { cx: column + 0.5, cy: row + 0.5, r: 0.14 })));
    return [svg("rect", { class: "wood", x: 0, y: 0, width: this.width, height: this.height }), svg("path", { d: lines.join("") }), ...stars];
  }

  /** Mark what a unit sees; `next` are the fields of its neighbours. */
  show([rows, columns], next, strength) {
    const box = [columns.start, rows.start, columns.size, rows.size];
    this.place(this.field, ...box);
    this.dim.setAttribute("d", this.outside(...this.cut(box)));
    this.middle.setAttribute("cx", columns.start + columns.size / 2);
    this.middle.setAttribute("cy", rows.start + rows.size / 2);
    this.middle.setAttribute("r", this.width / 110);
    this.next.forEach((rect, at) => {
      rect.toggleAttribute("hidden", !next[at]);
      if (next[at]) this.place(rect, next[at][1].start, next[at][0].start, next[at][1].size, next[at][0].size);
    });
    this.overlay.toggleAttribute("hidden", !strength);
    this.element.classList.toggle("weighed", Boolean(strength));
    if (strength) {
      if (this.measured !== strength.url) this.overlay.setAttribute("href", (this.measured = strength.url));
      this.place(this.overlay, strength.right, strength.down, this.width, this.height);
    }
  }

  /** Keep of a rectangle what is drawn, so that the rest of the drawing can be dimmed. */
  cut([x, y, width, height]) {
    const [left, top, wide, tall] = this.view();
    const [from, above] = [Math.max(x, left), Math.max(y, top)];
    const [to, below] = [Math.min(x + width, left + wide), Math.min(y + height, top + tall)];
    return [from, above, to - from, below - above];
  }

  locate(event) {
    const box = this.element.getBoundingClientRect();
    const [left, top, wide, tall] = this.view();
    return { row: top + (tall * (event.clientY - box.top)) / box.height, column: left + (wide * (event.clientX - box.left)) / box.width };
  }
}
