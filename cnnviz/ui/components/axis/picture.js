// The axis: its cells above, every window as a bar over the cells it reads, its output below.

const SIZES = { cell: 52, row: 34, lanes: 190, lane: 26, gap: 9, ruler: 18 };
const LARGE = { cell: 72, row: 48, lanes: 280, lane: 34, gap: 12, ruler: 24 };

class Picture {
  constructor() {
    this.element = svg("svg", { class: "axis-picture", "aria-hidden": "true" });
  }

  draw(places, width, present) {
    Object.assign(this, { places, width, present, size: present ? LARGE : SIZES });
    this.measure();
    this.bars = places.starts.map((start, index) => this.bar(start, index));
    this.outputs = places.starts.map((start, index) => this.output(start, index));
    this.lights = svg("g", { class: "lights" });
    const ghost = places.ghost === undefined ? [] : [this.ghost(places.ghost)];
    this.element.setAttribute("width", width);
    this.element.setAttribute("height", this.height);
    this.element.replaceChildren(hatching(), ...this.cells(), ...ghost, ...this.bars, ...this.outputs, this.lights);
  }

  /** Find how large a cell and a lane can be, and where the three rows begin. */
  measure() {
    const { places, size } = this;
    const cell = Math.min(size.cell, this.width / places.drawn);
    this.cell = cell >= 8 ? Math.floor(cell) : cell;
    this.left = (this.width - this.cell * places.drawn) / 2;
    this.row = Math.max(18, Math.min(size.row, this.cell));
    this.font = this.present ? 20 : 15;
    this.numbered = this.cell >= this.font * 1.6;
    this.lane = Math.max(2, Math.min(size.lane, size.lanes / places.lanes));
    this.top = this.numbered ? 2 : size.ruler;
    this.under = this.top + this.row + size.gap;
    this.bottom = this.under + this.lane * places.lanes + size.gap - 2;
    this.wide = Math.min(size.cell, Math.max(this.cell, Math.min(places.stride * this.cell, this.font * 2.2)));
    this.height = this.bottom + this.row + 3;
  }

  x(cell) {
    return this.left + cell * this.cell;
  }

  cells() {
    const { places, top, row } = this;
    const strip = (name, from, count) => svg("rect", { class: name, x: this.x(from), y: top, width: count * this.cell, height: row });
    const end = places.before + places.length;
    const parts = [strip("inside", places.before, places.length)];
    if (places.before) parts.push(strip("hatch", 0, places.before));
    if (places.after) parts.push(strip("hatch", end, places.after));
    if (this.cell >= 4) parts.push(svg("path", { class: "lines", d: this.uprights() }));
    parts.push(svg("path", { class: "unread", d: this.strikes() }));
    parts.push(strip("frame padding-frame", 0, places.padded), strip("frame input", places.before, places.length));
    if (places.reached < places.padded) parts.push(strip("over", places.reached, places.padded - places.reached));
    return [...parts, ...this.numbers()];
  }

  uprights() {
    const cells = Array.from({ length: this.places.padded + 1 }, (_, cell) => cell);
    return cells.map((cell) => `M${this.x(cell)} ${this.top}v${this.row}`).join("");
  }

  /** Strike out cells that no window reads. */
  strikes() {
    const skipped = this.places.readers.flatMap((readers, cell) => (readers.length ? [] : [cell]));
    return skipped.map((cell) => `M${this.x(cell)} ${this.top + this.row}l${this.cell} ${-this.row}`).join("");
  }

  /** Number the cells of the input, in them or, where they are small, every so many above them. */
  numbers() {
    const every = this.numbered ? 1 : [1, 2, 5, 10, 20, 50, 100].find((step) => step * this.cell > this.font * 2.4);
    const y = this.numbered ? this.top + this.row / 2 : this.top - 9;
    const apart = (at) => this.numbered || (at - 1) * this.cell > this.font * 1.6; // from the first
    const shown = Array.from({ length: this.places.length }, (_, at) => at + 1).filter((at) => at === 1 || (at % every === 0 && apart(at)));
    return shown.map((at) => svg("text", { class: "number", x: this.x(this.places.before + at - 0.5), y, text: String(at) }));
  }

  /** Draw the cells that a window reads, joined by a line where dilation leaves gaps. */
  shape(start, index) {
    const inset = Math.min(1.5, this.cell / 6);
    const y = this.under + (index % this.places.lanes) * this.lane;
    const tall = this.lane * 0.8;
    const dense = this.places.extent === this.places.reads.length;
    const box = (from, count) => `M${this.x(from) + inset} ${y}h${count * this.cell - 2 * inset}v${tall}h${-(count * this.cell - 2 * inset)}z`;
    if (dense) return box(start, this.places.extent);
    const spans = this.places.reads.slice(1).map((to, at) => [this.places.reads[at], to]);
    const joints = spans.map(([from, to]) => `M${this.x(start + from + 1) - inset} ${y + tall / 2}H${this.x(start + to) + inset}`);
    return this.places.reads.map((offset) => box(start + offset, 1)).join("") + joints.join("");
  }

  bar(start, index) {
    const bar = svg("g", { class: "bar", "data-window": index }, svg("path", { d: this.shape(start, index) }));
    const dense = this.places.extent === this.places.reads.length;
    const cells = dense ? this.places.extent : 1;
    const y = this.under + (index % this.places.lanes) * this.lane + this.lane * 0.4;
    if (this.lane >= this.font && cells * this.cell > this.font * 2) {
      bar.append(svg("text", { class: "number", x: this.x(start + cells / 2), y, text: String(index + 1) }));
    }
    return bar;
  }

  /** Draw the window that would come next, had the axis room for it. */
  ghost(start) {
    return svg("path", { class: "ghost", d: this.shape(start, this.places.starts.length) });
  }

  middle(start) {
    return this.x(start + this.places.extent / 2);
  }

  output(start, index) {
    const x = this.middle(start) - this.wide / 2;
    const group = svg("g", { class: "out", "data-output": index }, svg("rect", { x, y: this.bottom, width: this.wide, height: this.row }));
    const fits = String(this.places.starts.length).length * this.font * 0.62 + 4 < this.wide;
    if (fits) group.append(svg("text", { class: "number", x: this.middle(start), y: this.bottom + this.row / 2, text: String(index + 1) }));
    return group;
  }

  light({ cells, windows }, looking) {
    const { top, row } = this;
    this.element.classList.toggle("looking", looking && windows.length > 0);
    this.bars.forEach((bar, index) => bar.classList.toggle("lit", windows.includes(index)));
    this.outputs.forEach((output, index) => output.classList.toggle("lit", windows.includes(index)));
    this.lights.replaceChildren(...runs(cells).map(([from, count]) => svg("rect", { x: this.x(from), y: top, width: count * this.cell, height: row })));
  }

  /** Find what lies under the pointer. */
  locate(event) {
    const box = this.element.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const place = (x - this.left) / this.cell;
    if (y < this.under - 4) {
      const cell = Math.floor(place);
      return cell >= 0 && cell < this.places.padded ? { kind: "cell", index: cell } : undefined;
    }
    const index = y < this.bottom - 4 ? this.windowAt(place, y) : this.outputAt(x);
    return index === undefined ? undefined : { kind: "window", index };
  }

  windowAt(place, y) {
    const lane = Math.floor((y - this.under) / this.lane);
    const { starts, extent, lanes } = this.places;
    const index = starts.findIndex((start, each) => each % lanes === lane && place >= start && place < start + extent);
    return index < 0 ? undefined : index;
  }

  outputAt(x) {
    const reach = Math.max(this.wide, this.cell) / 2;
    const index = this.places.starts.findIndex((start) => Math.abs(this.middle(start) - x) <= reach);
    return index < 0 ? undefined : index;
  }
}

function hatching() {
  const line = svg("path", { class: "hatch-line", d: "M0 9L9 0M-2 2L2 -2M7 11L11 7" });
  return svg("defs", {}, svg("pattern", { id: "hatching", width: 9, height: 9, patternUnits: "userSpaceOnUse" }, line));
}

/** Join cells that touch into runs, each from a cell and so many long. */
function runs(cells) {
  const joint = [];
  for (const cell of cells) {
    const last = joint.at(-1);
    if (last && last[0] + last[1] === cell) last[1] += 1;
    else joint.push([cell, 1]);
  }
  return joint;
}
