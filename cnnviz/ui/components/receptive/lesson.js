// A unit, its field on the picture, and how the field grew: layers and units change here, and are then told.

const WAIT = 250; // milliseconds after the last key before the page is told

class Lesson {
  static label = "Receptive field of a unit";

  constructor(root) {
    this.root = root;
    root.classList.add("receptive");
    this.formula = html("div", { class: "formula", "aria-live": "polite" });
    this.counts = html("p", { class: "caption" });
    this.picture = new FieldPicture((point) => this.keep(this.nearest(point.row, point.column)));
    this.map = new UnitMap((unit) => this.look(unit), (unit) => this.keep(unit));
    this.growth = new Growth((layer) => this.goTo(layer));
    this.named = html("figcaption");
    this.seen = html("figcaption");
    this.says = html("p", { class: "told", "aria-live": "polite" });
    this.measured = html("p", { class: "measured" });
    this.scale = html("p", { class: "scale", hidden: true }, html("span", { text: "counts little" }), html("i"), html("span", { text: "much" }));
    this.stage = html(
      "div",
      { class: "stage" },
      html("figure", { class: "seen" }, this.seen, this.picture.element),
      html("figure", { class: "units" }, this.named, this.map.element, this.says, this.scale, this.measured),
      this.growth.element,
    );
    root.append(this.formula, this.counts, this.stage);
    this.ears = new AbortController();
    const step = (down, right) => () => this.step(down, right);
    const acts = {
      forward: step(0, 1), back: step(0, -1), down: step(1, 0), up: step(-1, 0),
      present: () => this.send.setTriggerValue("present", otherView(this.root)),
    };
    listenToKeys(root, KEYS, acts, this.ears.signal);
    this.resized = new ResizeObserver(() => this.row && this.map.update(this.row.positions, this.row.name));
    this.resized.observe(this.map.element);
    this.count = 0;
  }

  update(data, send) {
    const other = data.architecture !== this.data?.architecture;
    const fresh = other || data.turn !== this.data.turn;
    Object.assign(this, { data, send });
    applyPalette(this.root, data.themes[appearance(this.root)]);
    showView(this.root, data.present);
    this.picture.update(data);
    if (other) this.growth.update(data.rows, Math.max(...data.shape));
    if (fresh) {
      clearTimeout(this.waiting);
      this.layer = data.layer;
      this.unit = data.unit;
      this.looked = undefined;
    }
    write(this.seen, data.board ? `Board ${data.shape.join(" × ")}` : `Picture ${data.shape.join(" × ")}`);
    this.showLayer();
  }

  get row() {
    return this.data?.rows[this.layer];
  }

  /** Show the layer's own: the three equations, and its map. */
  showLayer() {
    const { row } = this;
    const names = ["field size", "jump", "start"];
    const terms = row.growth.map((text, at) => html("span", { class: "term" }, html("small", { text: names[at] }), html("b", { text })));
    this.formula.replaceChildren(...terms);
    const shown = (name, text) => html("b", { "data-shows": name, text });
    this.counts.replaceChildren(
      html("span", { class: "kernel" }, "Field ", shown("size", row.told.size)),
      html("span", {}, "jump ", shown("jump", row.told.jump)),
      html("span", {}, "start ", shown("start", row.told.start)),
      html("span", {}, `up to ${row.covers}`),
      ...(row.sentence ? [html("span", { class: "aside", text: row.sentence })] : []),
    );
    write(this.named, `${row.name}: ${row.positions.join(" × ")} ${row.positions.every((count) => count === 1) ? "unit" : "units"}`);
    this.map.update(row.positions, row.name);
    this.growth.show(this.layer);
    write(this.measured, this.data.measured ?? "");
    this.show();
  }

  /** Where a unit looks, along each axis. */
  fieldOf(unit) {
    const { size, jump, start } = this.row;
    return unit.map((place, axis) => ({ start: start[axis] + place * jump[axis], size: size[axis] }));
  }

  show() {
    const unit = this.looked ?? this.unit;
    const field = this.fieldOf(unit);
    const { positions } = this.row;
    const neighbours = [[0, 1], [1, 0]].map((move) => unit.map((place, axis) => place + move[axis]));
    const next = neighbours.map((other) => (other.every((place, axis) => place < positions[axis]) ? this.fieldOf(other) : undefined));
    const strength = this.strength(unit);
    this.scale.hidden = !strength;
    this.picture.show(field, next, strength);
    this.map.show(this.unit, this.looked);
    write(this.says, this.told(unit));
  }

  /** The measured strengths, moved from the middle unit to this one. */
  strength(unit) {
    const { overlay } = this.data;
    if (!overlay || overlay.layer !== this.row.name) return undefined;
    const [down, right] = unit.map((place, axis) => (place - overlay.unit[axis]) * this.row.jump[axis]);
    return { url: overlay.url, down, right };
  }

  told(unit) {
    const { size, reached } = this.row;
    const what = this.data.board ? "points" : "pixels";
    const spans = this.fieldOf(unit).map(({ start, size }, axis) => [Math.max(start, reached[axis][0]), Math.min(start + size, reached[axis][1])]);
    if (spans.some(([from, to]) => to <= from)) return "This unit sees nothing but padding.";
    const [rows, columns] = spans.map(([from, to]) => `${from + 1} to ${to}`);
    const seen = spans.map(([from, to]) => to - from);
    const cut = seen.some((count, axis) => count < size[axis]);
    const whole = cut ? `${seen.join(" × ")} of ${size.join(" × ")}; the rest is padding.` : `${seen.join(" × ")} ${what}.`;
    return `Unit in row ${unit[0] + 1}, column ${unit[1] + 1} sees rows ${rows}, columns ${columns}: ${whole}`;
  }

  /** The unit whose field has its middle closest to a point of the picture. */
  nearest(...point) {
    const { size, jump, start, positions } = this.row;
    return point.map((at, axis) => {
      const away = (place) => Math.abs(start[axis] + place * jump[axis] + size[axis] / 2 - at);
      return Array.from({ length: positions[axis] }, (_, place) => place).reduce((best, place) => (away(place) < away(best) ? place : best), 0);
    });
  }

  look(unit) {
    if (String(unit) === String(this.looked)) return;
    this.looked = unit;
    this.show();
  }

  step(down, right) {
    const moved = [this.unit[0] + down, this.unit[1] + right];
    this.keep(moved.map((place, axis) => Math.max(0, Math.min(this.row.positions[axis] - 1, place))));
  }

  keep(unit) {
    this.unit = unit;
    this.looked = undefined;
    this.show();
    this.tell();
  }

  /** Look at another layer, at the unit that looks at the same place. */
  goTo(layer) {
    const middle = this.fieldOf(this.unit).map(({ start, size }) => start + size / 2);
    this.layer = layer;
    this.unit = this.nearest(...middle);
    this.looked = undefined;
    this.showLayer();
    this.tell();
  }

  /** Tell the page once the reader rests; the count makes each telling another one. */
  tell() {
    clearTimeout(this.waiting);
    const { turn } = this.data;
    this.waiting = setTimeout(() => {
      this.count += 1;
      this.send.setStateValue("pick", { turn, layer: this.row.name, unit: this.unit, count: this.count });
    }, WAIT);
  }

  close() {
    clearTimeout(this.waiting);
    this.ears.abort();
    this.resized.disconnect();
    this.root.remove();
  }
}
