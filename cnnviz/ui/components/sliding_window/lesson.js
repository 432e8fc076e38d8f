// The lesson: joins the grids, the sum line, the player and the keys, and knows what is being looked at.

const COMMIT = 300; // milliseconds of rest before Python hears of a step

class Lesson {
  constructor(root) {
    this.root = root;
    this.touched = window.matchMedia("(hover: none)").matches;
    this.covered = [];
    this.abort = new AbortController();
    this.run = new Run((motion) => this.moved(motion));
    this.grids = { input: new Grid("input", "Input"), kernel: new Grid("kernel", "Kernel"), output: new Grid("output", "Output") };
    this.frame = new SlidingFrame();
    this.sum = new SumLine((index) => this.look({ kind: "term", index }), () => this.look(undefined));
    this.told = html("p", { class: "told" });
    this.live = html("div", { class: "unseen", "aria-live": "polite" });
    this.bias = html("div", { class: "bias-chip" });
    this.player = new Player(this.acts(), KEYS);
    this.editor = new CellEditor(root, (...edit) => this.sendCell(...edit), (...block) => this.sendBlock(...block));
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

  listen() {
    const { signal } = this.abort;
    for (const [kind, grid] of Object.entries(this.grids)) watchGrid(this, kind, grid);
    listenToKeys(this.root, KEYS, this.acts(), signal);
    window.addEventListener("paste", (event) => this.pasted(event), { signal });
    window.addEventListener("resize", () => this.measure(), { signal });
    this.observer = new ResizeObserver(() => this.measure());
    this.observer.observe(this.root);
  }

  /** End everything that would outlive the page. */
  close() {
    this.run.clock.stop();
    this.abort.abort();
    this.observer.disconnect();
    clearTimeout(this.pending);
    clearTimeout(this.saying);
    this.root.remove();
  }

  /** What buttons and keys can do. */
  acts() {
    const { run } = this;
    return {
      first: () => run.go(0),
      last: () => run.go(run.last),
      back: () => run.go(run.step - 1),
      forward: () => run.forward(),
      up: () => run.go(run.step - this.geometry.output[1]),
      down: () => run.go(run.step + this.geometry.output[1]),
      toggle: () => (run.running ? run.pause() : run.play()),
      scrub: (step) => run.go(step, 0),
      hide: () => run.setHidden(!run.hide),
      setHidden: (hide) => run.setHidden(hide),
      setSpeed: (speed) => run.setSpeed(speed),
      edit: () => this.editHeld(),
      release: () => this.release(),
      home: () => this.root.focus({ preventScroll: true }),
    };
  }

  /** Take what Python sent. */
  update(page, send) {
    this.send = send;
    const [input, kernel, output] = [page.input, page.kernel, page.output].map(revive);
    Object.assign(this, { page, kernel, output, geometry: new Geometry({ ...page, input, kernel, output }) });
    this.operands = padded(input, page.rows.padding, page.columns.padding);
    this.margins = [...page.rows.padding, ...page.columns.padding];
    this.editor.largest = page.largest;
    this.root.classList.toggle("present", page.present);
    if (page.start.turn !== this.turn) this.begin(page);
    this.forgetIfReshaped();
    this.run.limit(this.geometry.stops);
    this.loadGrids(input);
    this.sum.measure(kernel.flat().length, this.grids.input.longest + this.grids.kernel.longest);
    this.measured = undefined;
    this.measure();
  }

  /** What was held or typed into may not be there any more. */
  forgetIfReshaped() {
    const { input, kernel, output } = this.geometry;
    const shape = String([...input, ...kernel, ...output, ...this.margins]);
    if (shape === this.shape) return;
    this.shape = shape;
    this.pin = this.hover = undefined;
    this.editor.close();
  }

  begin({ start, hide }) {
    this.turn = start.turn;
    this.known = start.step;
    this.run.begin(start.step, this.geometry.stops, hide);
    this.pin = this.hover = undefined;
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
    const { mode, cell, font } = plan(this.grids, room, this.page.present);
    this.root.dataset.mode = mode;
    for (const [name, grid] of Object.entries(this.grids)) grid.measure(cell[name], font[name]);
    const small = font.input && Math.min(font.input, cell.input * 0.38);
    const { rows, columns } = this.page;
    const scale = this.grids.kernel.scale;
    this.frame.measure(this.kernel, [rows.dilation, columns.dilation], cell.input, small, scale);
    this.covered.forEach((text) => text.classList.remove("covered"));
    this.covered = [];
    this.asking = undefined;
    this.draw(0);
  }

  /** The run moved, paused or hid something. */
  moved(motion) {
    this.hover = undefined;
    this.draw(motion);
    this.commit();
  }

  /** Look at a cell or a term while the pointer is on it; that pauses the run. */
  look(at) {
    if (same(at, this.hover)) return;
    if (at) this.run.pause();
    this.hover = at;
    this.draw(0);
  }

  /** Keep looking at a cell until it is pressed again. */
  hold(at) {
    this.pin = same(at, this.pin) ? undefined : at;
    this.hover = this.touched ? this.pin : at;
    this.draw(0);
  }

  /** A click or tap on a cell: outputs are jumped to, the others held; a second tap edits. */
  press(at) {
    if (at.kind === "output") return this.run.go(this.geometry.stepOf(at.cell));
    if (this.touched && same(at, this.pin) && this.editAt(at)) return undefined;
    return this.hold(at);
  }

  /** Let keys work after a click, without the focus ring and the keyboard's cursor. */
  takeFocus(event) {
    event.preventDefault();
    this.editor.finish();
    this.root.focus({ preventScroll: true });
  }

  release() {
    if (!this.pin && !this.hover) return false;
    this.pin = this.hover = undefined;
    this.draw(0);
    return true;
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
    clearTimeout(this.saying);
    const sentence = ["input", "kernel"].includes(at?.kind) ? told(this, at) : this.sentence(cell);
    this.saying = setTimeout(() => write(this.live, sentence), 150);
  }

  sentence([row, column]) {
    const count = this.kernel.flat().length;
    const value = this.isHidden([row, column]) ? "hidden" : exact(this.output[row][column]);
    const products = `sum of ${count} ${count === 1 ? "product" : "products"}`;
    return `Row ${row + 1}, column ${column + 1}: ${products} plus bias ${exact(this.page.bias)} is ${value}`;
  }

  /** Tell Python where we are, once nothing has moved for a while. */
  commit() {
    clearTimeout(this.pending);
    this.pending = setTimeout(() => {
      const { step, running } = this.run;
      if (!running && step !== this.known) this.send.setStateValue("at", { step, turn: this.turn });
      if (!running) this.known = step;
    }, COMMIT);
  }

  sendCell(grid, [row, column], value) {
    const [top, , left] = grid.padding;
    this.send.setTriggerValue("edit", { grid: grid.role, row: row - top, column: column - left, value });
  }

  sendBlock(grid, text) {
    const fits = text.length <= this.page.longest;
    if (fits) this.send.setTriggerValue("edit", { grid: grid.role, text });
    else write(this.told, "What was pasted is too long for a matrix; nothing was changed.");
  }

  editHeld() {
    const at = this.pin ?? this.hover;
    return at ? this.editAt(at) : false;
  }

  canEdit({ kind, cell }) {
    return this.page.editable && ["input", "kernel"].includes(kind) && !this.grids[kind].isPadding(...cell);
  }

  /** Open the editor on a cell that can be edited. */
  editAt(at) {
    if (!this.canEdit(at)) return false;
    this.run.pause();
    this.pin = this.hover = undefined;
    this.draw(0);
    this.editor.edit(this.grids[at.kind], at.cell);
    return true;
  }

  pasted(event) {
    const at = this.hover ?? this.pin;
    if (!this.page.editable || !["input", "kernel"].includes(at?.kind) || !isOurs(event, this.root)) return;
    const text = event.clipboardData.getData("text/plain").trim();
    if (!text) return;
    event.preventDefault();
    this.sendBlock(this.grids[at.kind], text);
  }
}

function same(one, other) {
  const name = (at) => at && `${at.kind} ${at.cell ?? at.index}`;
  return name(one) === name(other);
}
