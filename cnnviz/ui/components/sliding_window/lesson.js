// The lesson: joins the grids, the sum line, the player and the keys, and knows what is being looked at.

const LINES = { sum: SumLine, dot: DotLine };

class Lesson extends Played {
  static label = "Sliding window";

  constructor(root) {
    super(root);
    this.covered = [];
    this.grids = { input: new Grid("input", "Input"), kernel: new Grid("kernel", "Kernel"), output: new Grid("output", "Output") };
    this.frame = new SlidingFrame();
    this.tellAs("sum");
    this.bias = html("div", { class: "bias-chip" });
    this.build();
    this.listen();
  }

  build() {
    const { input, kernel, output } = this.grids;
    input.board.append(this.frame.element);
    kernel.element.append(html("div", { class: "foot" }, kernel.legend.element, this.bias));
    const sign = (text) => html("span", { class: "sign", "aria-hidden": "true", text });
    const stage = html("div", { class: "stage" }, input.element, sign("∗"), kernel.element, sign("="), output.element);
    this.root.append(stage, this.told, this.sum.element, this.player.element, this.live);
  }

  /** Tell the sum of a stop in one of the ways of `LINES`. */
  tellAs(line) {
    if (this.root.dataset.line === line) return;
    this.root.dataset.line = line;
    const before = this.sum?.element;
    this.sum = new LINES[line]((index) => this.look({ kind: "term", index }), () => this.look(undefined));
    before?.replaceWith(this.sum.element);
  }

  listen() {
    for (const [kind, grid] of Object.entries(this.grids)) watchGrid(this, grid, (cell) => ({ kind, cell }), kind !== "output");
    super.listen();
  }

  /** How many stops make a row. */
  get across() {
    return this.geometry.output[1];
  }

  stepOf({ kind, cell }) {
    return kind === "output" ? this.geometry.stepOf(cell) : undefined;
  }

  gridOf({ kind }) {
    return this.grids[kind];
  }

  addressOf(grid) {
    return { grid: grid.role };
  }

  canEdit({ kind, cell }) {
    return this.page.editable && ["input", "kernel"].includes(kind) && !this.grids[kind].isPadding(...cell);
  }

  takesBlocks({ kind }) {
    return ["input", "kernel"].includes(kind);
  }

  /** Take what Python sent. */
  update(page, send) {
    this.send = send;
    const [input, kernel, output] = [page.input, page.kernel, page.output].map(revive);
    Object.assign(this, { page, kernel, output, geometry: new Geometry({ ...page, input, kernel, output }) });
    this.operands = padded(input, page.rows.padding, page.columns.padding);
    this.margins = [...page.rows.padding, ...page.columns.padding];
    this.editor.largest = page.largest;
    showView(this.root, page.present);
    this.root.classList.toggle("dense", page.lines > 0);
    this.root.style.setProperty("--lines", page.lines);
    const { geometry } = this;
    this.follow(page, geometry.stops);
    this.forgetUnless(String([...geometry.input, ...geometry.kernel, ...geometry.output, ...this.margins]));
    this.loadGrids(input);
    this.tellAs(page.line);
    this.sum.measure(kernel.flat().length, this.grids.input.longest + this.grids.kernel.longest, page.lines > 0);
    this.measured = undefined;
    this.measure();
  }

  loadGrids(input) {
    const { page, kernel, output, grids, margins } = this;
    const name = appearance(this.root);
    applyPalette(this.root, page.themes[name]);
    const scale = (grid) => new Scale(page.limits[grid], page.themes, name);
    const none = [0, 0, 0, 0];
    grids.input.load(this.operands, margins, scale("input"));
    grids.kernel.load(kernel, none, scale("kernel"));
    grids.output.load(output, none, scale("output"));
    this.filled = this.run.shown;
    const isShown = (row, column) => this.geometry.stepOf([row, column]) < this.filled;
    grids.output.values = output.map((row, i) => row.map((value, j) => (isShown(i, j) ? value : undefined)));
    const size = (rows) => `${rows.length} × ${rows[0].length}`;
    grids.input.describe(`Input ${size(input)}${margins.some(Boolean) ? " with padding" : ""}`);
    grids.kernel.describe(`Kernel ${size(kernel)}${page.turned ? ", turned by 180°" : ""}`);
    grids.output.describe(`Output ${size(output)}`);
    write(this.bias, `bias ${brief(page.bias)}`);
    this.bias.title = exact(page.bias);
  }

  /** Fit the picture to the room there is. */
  measure() {
    const room = { width: this.root.clientWidth, height: window.innerHeight };
    const seen = `${room.width} ${room.height}`;
    if (!room.width || this.measured === seen) return;
    this.measured = seen;
    const { mode, cell, font, high } = plan(this.grids, room, this.page.present, this.page.line === "dot");
    this.root.dataset.mode = mode;
    for (const [name, grid] of Object.entries(this.grids)) grid.measure(cell[name], font[name], high[name]);
    const small = font.input && Math.min(font.input, cell.input * 0.38);
    const { rows, columns } = this.page;
    const scale = this.grids.kernel.scale;
    this.frame.measure(this.kernel, [rows.dilation, columns.dilation], cell.input, small, scale, high.input);
    this.covered.forEach((text) => text.classList.remove("covered"));
    this.covered = [];
    this.asking = undefined;
    this.draw(0);
  }

  /** Draw the present moment; `motion` is how long the window may take to get there. */
  draw(motion) {
    if (!this.measured) return;
    const at = this.hover ?? this.pin;
    const cell = at?.kind === "output" ? at.cell : this.geometry.cellOf(this.run.step);
    this.root.style.setProperty("--motion", `${motion}ms`);
    this.fillOutput();
    this.frame.moveTo(...this.geometry.start(cell));
    this.cover(cell);
    this.showSum(cell);
    this.showLinks(at, cell);
    this.player.show(this.run);
    if (!this.run.running) this.announce(at, cell);
  }

  isHidden(cell) {
    return this.run.isHidden(this.geometry.stepOf(cell));
  }

  /** Fill the output up to the present stop, cell by changed cell. */
  fillOutput() {
    const grid = this.grids.output;
    const until = this.run.shown;
    for (let index = Math.min(this.filled, until); index < Math.max(this.filled, until); index++) {
      const [row, column] = this.geometry.cellOf(index);
      grid.values[row][column] = index < until ? this.output[row][column] : undefined;
      grid.paintCell(row, column);
    }
    if (this.asking) grid.paintCell(...this.asking);
    this.asking = this.run.revealed ? undefined : this.geometry.cellOf(this.run.step);
    if (this.asking) grid.paintCell(...this.asking, "?");
    this.filled = until;
  }

  /** Lift the numbers of the covered cells, to make room for the weights. */
  cover(cell) {
    const { texts, columns } = this.grids.input;
    if (!texts.length) return;
    const now = this.geometry.weights().map((weight) => {
      const [row, column] = this.geometry.met(cell, weight);
      return texts[row * columns + column];
    });
    const keep = new Set(now);
    this.covered.forEach((text) => keep.has(text) || text.classList.remove("covered"));
    now.forEach((text) => text.classList.add("covered"));
    this.covered = now;
  }

  showSum(cell) {
    const values = this.geometry.weights().map((weight) => {
      const [row, column] = this.geometry.met(cell, weight);
      return this.operands[row][column];
    });
    this.sum.show(values, this.kernel.flat(), this.page.bias, this.output[cell[0]][cell[1]], this.isHidden(cell));
  }

  showLinks(at, cell) {
    const { input, kernel, output } = this.grids;
    const links = linksOf(this.geometry, at, cell);
    input.mark(links.input, at?.kind === "input" ? "input" : "kernel");
    kernel.mark(links.kernel);
    output.mark(links.output);
    this.sum.light(links.term);
    this.root.classList.toggle("held", Boolean(this.pin));
    write(this.told, told(this, at));
  }

  announce(at, cell) {
    this.say(["input", "kernel"].includes(at?.kind) ? told(this, at) : this.sentence(cell));
  }

  sentence([row, column]) {
    const count = this.kernel.flat().length;
    const value = this.isHidden([row, column]) ? "hidden" : exact(this.output[row][column]);
    const products = `sum of ${count} ${count === 1 ? "product" : "products"}`;
    const place = named(this, row, column);
    return `${place[0].toUpperCase()}${place.slice(1)}: ${products} plus bias ${exact(this.page.bias)} is ${value}`;
  }
}
