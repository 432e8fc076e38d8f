// Two maps of the same places side by side: before and after a layer that works on every number by itself.

const WIDEST = 44;
const SMALLEST = 9; // letters

class Pair {
  constructor(root) {
    this.root = root;
    this.grids = [new Grid("input", "Before"), new Grid("output", "After")];
    this.line = html("div", { class: "sum-line", "aria-live": "polite" });
    const [before, after] = this.grids;
    this.arrow = html("div", { class: "arrow" });
    root.append(html("div", { class: "sides" }, before.element, this.arrow, after.element), this.line);
    for (const grid of this.grids) {
      grid.board.onpointermove = (event) => this.look(grid.locate(event));
      grid.board.onpointerleave = () => this.look();
      grid.board.onkeydown = (event) => this.walk(event);
    }
    this.observer = new ResizeObserver(() => this.measure());
    this.observer.observe(root);
  }

  close() {
    this.observer.disconnect();
    this.root.remove();
  }

  update(page) {
    this.page = page;
    const name = appearance(this.root);
    const scale = new Scale(page.end, page.themes, name);
    this.values = [page.before, page.after].map(revive);
    this.grids.forEach((grid, side) => {
      grid.load(this.values[side], [0, 0, 0, 0], scale);
      grid.describe(page.titles[side]);
    });
    write(this.arrow, `${page.name} →`);
    this.measured = undefined;
    this.measure();
    this.look();
  }

  measure() {
    const width = this.root.clientWidth;
    if (!width || !this.page || this.measured === width) return;
    this.measured = width;
    const [grid] = this.grids;
    const room = (width - (width < 620 ? 16 : 130)) / 2;
    const cell = Math.max(3, Math.floor(Math.min(WIDEST, room / grid.columns, (0.46 * window.innerHeight) / grid.rows)));
    let font = 17;
    while (font >= SMALLEST && this.grids.some((each) => each.needed(font) > cell)) font -= 0.5;
    for (const each of this.grids) each.measure(cell, font >= SMALLEST ? font : 0);
  }

  walk(event) {
    const step = STEPS[event.key];
    if (!step) return;
    const [row, column] = this.walker ?? [0, -1];
    const within = (value, length) => Math.max(0, Math.min(length - 1, value));
    this.walker = [within(row + step[0], this.grids[0].rows), within(column + step[1], this.grids[0].columns)];
    this.look(this.walker);
    event.preventDefault();
    event.stopPropagation();
  }

  look(cell = this.page.cell ?? undefined) {
    this.grids.forEach((grid) => grid.mark(cell ? [cell] : []));
    if (!cell) return write(this.line, this.page.hint);
    const [before, after] = this.values.map((rows) => rows[cell[0]][cell[1]]);
    return write(this.line, `Row ${cell[0] + 1}, column ${cell[1] + 1}: ${this.page.name}(${brief(before)}) = ${brief(after)}`);
  }
}
