// One image large: its numbers where they can be read, else colours with a part of it enlarged beside them.

const LEAST = { page: 15, present: 22 }; // letters in cells
const REACH = 2; // cells around the one that is looked at
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** A scale from black to white, for pixels that cannot be negative. */
class Greys {
  constructor(limit) {
    this.limit = limit || 1;
  }

  level(value) {
    return Math.round(255 * Math.max(0, Math.min(1, value / this.limit)));
  }

  fill(value) {
    return `rgb(${this.level(value)} ${this.level(value)} ${this.level(value)})`;
  }

  ink(value) {
    return luminance([this.level(value), this.level(value), this.level(value)]) < EQUAL ? "#fff" : "#000";
  }
}

class Numbers {
  constructor(root) {
    this.root = root;
    this.abort = new AbortController();
    this.grid = new Grid("input", "Image");
    this.part = new Grid("output", "Enlarged part");
    this.part.board.tabIndex = -1;
    this.part.board.setAttribute("role", "img");
    this.line = html("p", { class: "line", "aria-live": "polite" });
    root.append(html("div", { class: "sides" }, this.grid.element, this.part.element), this.line);
    this.listen();
    this.observer = new ResizeObserver(() => this.measure());
    this.observer.observe(root);
  }

  close() {
    this.abort.abort();
    this.observer.disconnect();
  }

  listen() {
    const { board } = this.grid;
    board.onpointermove = (event) => event.pointerType !== "touch" && this.look(this.grid.locate(event));
    board.onpointerleave = () => this.look(this.rest);
    board.onclick = (event) => this.look((this.held = this.grid.locate(event) ?? this.rest));
    board.onkeydown = (event) => this.walk(event);
    board.onblur = () => this.grid.point(undefined);
    window.addEventListener("resize", () => this.measure(), { signal: this.abort.signal });
  }

  update(data) {
    const now = appearance(this.root);
    const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const [rows, columns] = data.shape;
    const [low, high] = data.ends;
    const laid = (numbers) => Array.from({ length: rows }, (_, row) => [...numbers.slice(row * columns, (row + 1) * columns)]);
    Object.assign(this, { data, stored: laid(bytes(data.stored)), read: laid(new Float32Array(bytes(data.read).buffer)) });
    this.scale = low < 0 ? new Scale(Math.max(-low, high), data.themes, now) : new Greys(high);
    this.grid.load(this.read, [0, 0, 0, 0], this.scale);
    this.grid.describe(data.title);
    this.grid.board.setAttribute("aria-label", `${data.title}, ${rows} rows, ${columns} columns; arrow keys read each number`);
    this.grid.legend.element.hidden = low >= 0;
    this.part.legend.element.hidden = true;
    if (this.held && (this.held[0] >= rows || this.held[1] >= columns)) this.held = undefined;
    this.largest = this.brightest();
    this.measured = undefined;
    this.measure();
  }

  /** The cell that is looked at while nothing is pointed at: the one that was pressed, on any image. */
  get rest() {
    return this.held ?? this.largest;
  }

  /** Where to look first: the largest pixel nearest to the middle. */
  brightest() {
    const [rows, columns] = this.data.shape;
    const cells = this.stored.flatMap((values, row) => values.map((value, column) => [value, row, column]));
    const far = ([, row, column]) => Math.hypot(row - rows / 2, column - columns / 2);
    const [[, row, column]] = cells.sort((one, other) => other[0] - one[0] || far(one) - far(other));
    return [row, column];
  }

  measure() {
    const width = this.root.clientWidth;
    const seen = `${width} ${window.innerHeight}`;
    if (!width || !this.data || this.measured === seen) return;
    this.measured = seen;
    const { grid, part, data } = this;
    const [rows, columns] = data.shape;
    const least = LEAST[data.present && width > 500 ? "present" : "page"];
    const high = Math.max(300, window.innerHeight - (data.present ? 312 : 330));
    let cell = Math.floor(Math.min(width / columns, high / rows, data.present ? 90 : 58));
    let font = Math.min(data.present ? 30 : 22, Math.floor(cell * 0.5));
    while (font >= least && grid.needed(font) > cell) font -= 0.5;
    this.enlarged = font < least;
    part.element.hidden = !this.enlarged;
    if (this.enlarged) {
      const side = this.sideOfPart(least);
      const beside = width - (2 * REACH + 1) * side - 18;
      const room = beside > 200 ? beside : width;
      cell = Math.max(4, Math.floor(Math.min(room / columns, high / rows)));
      this.partCell = side;
    }
    grid.measure(cell, this.enlarged ? 0 : font);
    this.look(this.rest);
  }

  /** The side of an enlarged cell: wide enough for every number of the image. */
  sideOfPart(font) {
    this.partFont = font + (this.data.present ? 2 : 1);
    return Math.max(40, this.grid.needed(this.partFont));
  }

  walk(event) {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const within = (value, length) => Math.max(0, Math.min(length - 1, value));
    const [rows, columns] = this.data.shape;
    this.held = [within(this.rest[0] + step[0], rows), within(this.rest[1] + step[1], columns)];
    this.look(this.held);
    this.grid.point(this.held);
  }

  look(cell) {
    if (!cell || !this.data) return;
    const [row, column] = cell;
    const [stored, read] = [this.stored[row][column], this.read[row][column]];
    this.grid.mark(this.enlarged ? this.cellsAround(cell) : [cell], this.enlarged ? "output" : "input");
    if (this.enlarged) this.enlarge(cell);
    const { formula } = this.data;
    const sum = formula === "x" ? brief(read) : `${formula.replace("x", brief(stored))} = ${brief(read)}`;
    write(this.line, `Row ${row + 1}, column ${column + 1}: ${sum}`);
  }

  /** The corner of the enlarged part, kept within the image. */
  corner(cell) {
    return cell.map((at, axis) => Math.max(0, Math.min(this.data.shape[axis] - 2 * REACH - 1, at - REACH)));
  }

  cellsAround(cell) {
    const [top, left] = this.corner(cell);
    const span = Array.from({ length: 2 * REACH + 1 }, (_, at) => at);
    return span.flatMap((down) => span.map((right) => [top + down, left + right]));
  }

  enlarge(cell) {
    const [top, left] = this.corner(cell);
    const end = 2 * REACH + 1;
    const { part } = this;
    part.load(this.read.slice(top, top + end).map((values) => values.slice(left, left + end)), [0, 0, 0, 0], this.scale);
    part.describe(`Rows ${top + 1} to ${top + end}, columns ${left + 1} to ${left + end}`);
    part.measure(this.partCell, this.partFont);
    part.mark([[cell[0] - top, cell[1] - left]], "input");
  }
}
