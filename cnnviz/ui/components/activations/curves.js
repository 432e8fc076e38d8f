// Functions as curves, and beside them a matrix they are applied to: one point, told in every place.

const WIDE = 620; // pixels from which two things stand side by side
const STRIDE = 0.1; // what an arrow key moves x by, at least
const GRID_GAP = 18;

class Curves {
  constructor(root) {
    this.root = root;
    this.plots = [new Plot("f", "Value f(x)"), new Plot("slope", "Slope f′(x)")];
    this.rows = html("tbody");
    this.place = html("span", { "data-shows": "x" });
    this.head = html("th", { class: "at" }, "x = ", this.place);
    const names = [this.head, ...["f(x)", "f′(x)", "saturated"].map((text) => html("th", { text }))];
    this.table = html("table", { class: "readout" }, html("thead", {}, html("tr", {}, ...names)), this.rows);
    this.boards = html("div", { class: "boards" });
    const side = html("div", { class: "side" }, html("div", { class: "plots" }, ...this.plots.map((plot) => plot.element)), this.table);
    this.view = html("div", { class: "curve-view" }, side, this.boards);
    this.root.append(this.view);
    this.plots.forEach((plot) => this.listen(plot));
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(root);
  }

  update(data, { setStateValue }) {
    const curves = data.curves.map((curve) => ({ ...curve, f: revive(curve.f), slope: revive(curve.slope), lines: revive(curve.lines) }));
    this.data = { ...data, curves };
    this.send = setStateValue;
    const { turn } = data;
    if (turn !== this.turn || !this.moved) this.at = { x: data.at, cell: undefined };
    Object.assign(this, { turn, moved: false });
    this.view.dataset.mode = data.matrix ? "matrix" : "curve";
    this.colours = data.series[appearance(this.root)];
    this.build();
    this.fit(true);
  }

  /** Make a row of the table for each function, and a grid for the matrix and each result. */
  build() {
    this.cells = this.data.curves.map((curve, at) => {
      const line = svg("line", { x1: 2, x2: 34, y1: 8, y2: 8, stroke: this.colours[at], "stroke-dasharray": DASHES[at] });
      const swatch = svg("svg", { class: "swatch", viewBox: "0 0 36 16", "aria-hidden": "true" }, line);
      const name = html("th", { scope: "row" }, html("div", { class: "who" }, swatch, html("span", { text: curve.name })));
      const numbers = ["f", "slope"].map((which) => html("td", { class: which, "data-shows": which }));
      return { row: html("tr", {}, name, ...numbers, html("td", { class: "flat", text: curve.told })), numbers };
    });
    this.rows.replaceChildren(...this.cells.map(({ row }) => row));
    this.grids = this.data.matrix ? this.data.matrix.map((each) => this.grid(each)) : [];
    this.boards.replaceChildren(...this.grids.map((grid) => grid.element));
  }

  grid({ role, title, values, limit }) {
    const grid = new Grid(role, title);
    const numbers = values.map((row) => row.map(Number));
    this.boards.append(grid.element);
    grid.load(numbers, [0, 0, 0, 0], new Scale(limit, this.data.themes, appearance(this.root)));
    grid.describe(`${title} ${grid.rows} × ${grid.columns}`);
    grid.board.onpointermove = (event) => this.lookAt(grid.locate(event));
    grid.board.onpointerleave = () => this.rest();
    grid.board.onclick = (event) => this.choose(this.data.matrix[0].values[grid.locate(event)[0]][grid.locate(event)[1]]);
    grid.board.onkeydown = (event) => {
      const cell = stride(grid, event);
      if (cell) this.lookAt(cell);
    };
    grid.board.onblur = () => { grid.point(undefined); this.rest(); };
    return grid;
  }

  /** Choose sizes for the room there is, and draw. */
  fit(anew = false) {
    const room = this.view.clientWidth;
    if (!this.data || !room || (!anew && room === this.room)) return;
    this.room = room;
    const { present, matrix } = this.data;
    this.view.classList.toggle("narrow", room < WIDE);
    const side = this.plots[0].element.parentNode.clientWidth;
    const both = !matrix && room >= WIDE;
    const width = both ? Math.floor((side - GRID_GAP) / 2) : side;
    const part = present ? 0.45 : this.data.curves.length > 3 ? 0.3 : 0.4;
    const tall = Math.max(170, Math.min(window.innerHeight * part, width * 0.8));
    const heights = matrix && room >= WIDE ? [0.62 * tall, 0.46 * tall] : room < WIDE ? [190, 130] : [tall, tall];
    this.plots.forEach((plot, at) => plot.draw(this.data, this.colours, width, Math.round(heights[at]), present ? 19 : 13.5));
    if (matrix) this.fitGrids(present);
    this.rest();
  }

  /** Find how many grids in a row give the largest cells. */
  fitGrids(present) {
    const [room, count] = [this.boards.clientWidth, this.grids.length];
    const { rows, columns } = this.grids[0];
    const high = Math.max(260, window.innerHeight * 0.55);
    const side = (beside) => Math.min((room - GRID_GAP * (beside - 1) - 4) / beside / columns, (high / Math.ceil(count / beside) - 56) / rows);
    const best = Math.max(...this.grids.map((_, at) => side(at + 1)));
    const readable = Math.max(...this.grids.map((grid) => grid.needed(this.room < WIDE ? 11 : 15)));
    const widest = (room - 4 - (this.room < WIDE ? GRID_GAP : 0)) / (this.room < WIDE ? 2 : 1) / columns;
    const cell = Math.floor(Math.min(present ? 90 : 58, widest, Math.max(14, best, readable)));
    let font = present ? 30 : 20;
    while (font >= 9 && this.grids.some((grid) => grid.needed(font) > cell)) font -= 1;
    this.grids.forEach((grid) => grid.measure(cell, font < 9 ? 0 : font));
  }

  listen(plot) {
    const { board } = plot;
    board.onpointerdown = (event) => {
      if (event.button !== 0 || this.data.fixed) return;
      board.setPointerCapture(event.pointerId);
      this.dragging = true;
      this.hover(plot.locate(event));
    };
    board.onpointermove = (event) => (event.pointerType === "mouse" || this.dragging) && this.hover(plot.locate(event));
    board.onpointerup = (event) => {
      if (!this.dragging) return;
      this.dragging = false;
      this.choose(this.data.x[plot.locate(event)]);
    };
    board.onpointercancel = () => { this.dragging = false; this.rest(); };
    board.onpointerleave = () => this.dragging || this.rest();
    board.onkeydown = (event) => this.step(event);
  }

  /** Arrow keys move x by tenths, with Shift by ones; Home and End go to the ends. */
  step(event) {
    const { x } = this.data;
    const gap = Math.max(STRIDE, x[1] - x[0]) * (event.shiftKey ? 10 : 1);
    const to = { ArrowRight: this.at.x + gap, ArrowUp: this.at.x + gap, ArrowLeft: this.at.x - gap, ArrowDown: this.at.x - gap, Home: x[0], End: x.at(-1) }[event.key];
    if (to === undefined || this.data.fixed || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.choose(this.data.x[this.nearest(to)], 250);
  }

  nearest(x) {
    const samples = this.data.x;
    return Math.max(0, Math.min(samples.length - 1, Math.round(((x - samples[0]) / (samples.at(-1) - samples[0])) * (samples.length - 1))));
  }

  /** Take x as the place to stay; the page hears of it once keys rest. */
  choose(x, wait = 0) {
    if (this.data.fixed) return;
    this.at = { x };
    this.moved = true;
    this.rest();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send("at", { turn: this.turn, x: this.at.x }), wait);
  }

  /** Show a sample for as long as the pointer is there. */
  hover(at) {
    this.show(this.data.x[at], this.data.curves.map((curve) => [curve.f[at], curve.slope[at]]));
  }

  /** Show a number of the matrix on the curves, and its place in every grid. */
  lookAt(cell) {
    if (!cell) return this.rest();
    const [row, column] = cell;
    const [input] = this.data.matrix;
    this.grids.forEach((grid) => grid.mark([cell]));
    return this.show(Number(input.values[row][column]), this.data.curves.map((curve) => curve.cells.map((values) => values[row][column])));
  }

  /** Go back to where x was put. */
  rest() {
    this.grids.forEach((grid) => grid.mark([]));
    if (this.at.x === this.data.at) this.show(this.at.x, this.data.curves.map((curve) => curve.at));
    else this.hover(this.nearest(this.at.x));
  }

  show(x, numbers) {
    const values = numbers.map((pair) => pair.map(Number));
    this.plots.forEach((plot, which) => plot.point(x, values.map((pair) => pair[which])));
    write(this.place, four(x));
    this.cells.forEach(({ numbers: [value, slope] }, at) => {
      [value, slope].forEach((cell, which) => write(cell, four(values[at][which])));
    });
  }

  close() {
    clearTimeout(this.timer);
    this.observer.disconnect();
  }
}
