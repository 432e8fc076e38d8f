// Pooling as a lesson: joins input and output, the line below them, the player and the keys.

const NO_KERNEL = { rows: 0, columns: 0, widest: 1, needed: () => 0 }; // takes no room in the layout

class Lesson extends Played {
  static label = "Pooling window";

  constructor(root) {
    super(root);
    this.grids = { input: new Grid("input", "Input"), output: new Grid("output", "Output") };
    this.frame = new SlidingFrame();
    this.line = new PoolingLine((index) => this.look({ kind: "term", index }), () => this.look(undefined));
    this.crown = svg("g", { class: "crown" });
    this.fed = svg("path", { class: "marks fed" });
    this.kind = html("b");
    this.window = html("small");
    this.build();
    this.listen();
  }

  build() {
    const { input, output } = this.grids;
    input.picture.append(this.crown);
    input.board.append(this.frame.element);
    output.picture.append(this.fed);
    const sign = html("div", { class: "pooled-by" }, this.kind, html("span", { "aria-hidden": "true", text: "→" }), this.window);
    this.root.append(html("div", { class: "stage" }, input.element, sign, output.element));
    this.root.append(this.told, this.line.element, this.player.element, this.live);
  }

  listen() {
    for (const [kind, grid] of Object.entries(this.grids)) watchGrid(this, grid, (cell) => ({ kind, cell }), kind === "input");
    super.listen();
  }

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
    return this.page.editable && kind === "input" && !this.grids.input.isPadding(...cell);
  }

  takesBlocks({ kind }) {
    return kind === "input";
  }

  /** Take what Python sent. */
  update(page, send) {
    const [input, output] = [page.input, page.output].map(revive);
    const blank = range(page.size[0]).map(() => Array(page.size[1]).fill(0));
    Object.assign(this, { page, send, output, blank, winners: page.winners });
    this.geometry = new Geometry({ ...page, input, kernel: blank, output });
    this.values = padded(input, page.rows.padding, page.columns.padding);
    this.margins = [...page.rows.padding, ...page.columns.padding];
    this.editor.largest = page.largest;
    showView(this.root, page.present);
    this.follow(page, this.geometry.stops);
    this.forgetUnless(String([...this.geometry.input, ...page.size, ...this.geometry.output, ...this.margins]));
    this.loadGrids(input);
    this.line.measure(page.kind, page.size[0] * page.size[1], this.grids.input.longest);
    this.measured = undefined;
    this.measure();
  }

  loadGrids(input) {
    const { page, output, grids, margins } = this;
    const name = appearance(this.root);
    applyPalette(this.root, page.themes[name]);
    const scale = new Scale(page.limit, page.themes, name);
    grids.input.load(this.values, margins, scale);
    const isPadding = (row, column) => grids.input.isPadding(row, column);
    grids.input.values = this.values.map((row, i) => row.map((value, j) => (isPadding(i, j) ? undefined : value)));
    grids.output.load(output, [0, 0, 0, 0], scale);
    this.filled = this.run.shown;
    const isShown = (row, column) => this.geometry.stepOf([row, column]) < this.filled;
    grids.output.values = output.map((row, i) => row.map((value, j) => (isShown(i, j) ? value : undefined)));
    const size = (rows) => `${rows.length} × ${rows[0].length}`;
    grids.input.describe(`Input ${size(input)}${margins.some(Boolean) ? " with padding" : ""}`);
    grids.output.describe(`Output ${size(output)}`);
    write(this.kind, page.kind);
    write(this.window, size(this.blank));
  }

  /** Fit the picture to the room there is. */
  measure() {
    const room = { width: this.root.clientWidth, height: window.innerHeight };
    const seen = `${room.width} ${room.height}`;
    if (!room.width || this.measured === seen) return;
    this.measured = seen;
    const { mode, cell, font } = plan({ ...this.grids, kernel: NO_KERNEL }, room, this.page.present);
    this.root.dataset.mode = mode;
    for (const [name, grid] of Object.entries(this.grids)) grid.measure(cell[name], font[name]);
    this.frame.measure(this.blank, [1, 1], cell.input, 0);
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
    const stop = stopAt(this, cell);
    this.line.show(stop);
    this.showLinks(at, stop);
    this.player.show(this.run);
    if (!this.run.running) this.say(at?.kind === "input" ? told(this, at, stop) : sentence(stop));
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

  /** Outline what is looked at and what it is joined to, and crown the winner. */
  showLinks(at, stop) {
    const { input, output } = this.grids;
    const term = at?.kind === "term" ? at.index : stop.cells.findIndex((cell) => at?.kind === "input" && alike(cell, at.cell));
    const looked = at?.kind === "input" ? at.cell : at?.kind === "term" ? stop.cells[at.index] : undefined;
    input.mark(looked ? [looked] : [], "input");
    const joined = at?.kind === "input" ? linksOf(this, at.cell) : { won: [stop.cell], fed: [] };
    output.mark(joined.won);
    this.fed.setAttribute("d", border(joined.fed, output.columns, output.cell, output.high));
    this.line.light(term);
    this.crownWinner(stop);
    this.root.classList.toggle("held", Boolean(this.pin));
    write(this.told, told(this, at, stop));
  }

  /** Outline the winner and, dashed, those that tie with it; new elements, so that they appear after the move. */
  crownWinner({ cells, winner, ties, hidden }) {
    const { cell, high } = this.grids.input;
    const outline = (name) => (at) => {
      const [row, column] = cells[at];
      return svg("path", { class: name, d: boxPath([column, row, 1, 1], cell, high, -Math.max(1, Math.min(5, cell / 8))) });
    };
    const shown = winner === undefined || hidden || cell < 6 ? [] : [...ties.map(outline("tied")), outline("winner")(winner)];
    this.crown.replaceChildren(...shown);
  }
}
