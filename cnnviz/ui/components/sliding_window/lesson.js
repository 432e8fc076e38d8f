// The lesson: joins the grids, the sum line, the player and the keys, and knows what is being looked at.

const COMMIT = 300; // milliseconds of rest before Python hears of a step

class Lesson {
  constructor(root) {
    this.root = root;
    this.step = 0;
    this.revealed = true;
    this.hide = false;
    this.abort = new AbortController();
    this.clock = new Clock(() => this.beat());
    this.grids = { input: new Grid("input", "Input"), kernel: new Grid("kernel", "Kernel"), output: new Grid("output", "Output") };
    this.frame = new SlidingFrame();
    this.sum = new SumLine((index) => this.look({ kind: "term", index }), () => this.look(undefined));
    this.tip = html("div", { class: "tip", hidden: true });
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
    kernel.element.append(this.bias);
    const sign = (text) => html("span", { class: "sign", "aria-hidden": "true", text });
    const stage = html("div", { class: "stage" }, input.element, sign("∗"), kernel.element, sign("="), output.element);
    this.root.append(stage, this.sum.element, this.player.element, this.tip, this.live);
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
    this.clock.stop();
    this.abort.abort();
    this.observer.disconnect();
    clearTimeout(this.pending);
    clearTimeout(this.saying);
    this.root.remove();
  }

  /** What buttons and keys can do. */
  acts() {
    return {
      first: () => this.go(0),
      last: () => this.go(this.geometry.stops - 1),
      back: () => this.back(),
      forward: () => this.forward(),
      up: () => this.go(this.step - this.geometry.output[1]),
      down: () => this.go(this.step + this.geometry.output[1]),
      toggle: () => (this.clock.running ? this.pause() : this.play()),
      scrub: (step) => this.go(step, 0),
      hide: () => this.setHidden(!this.hide),
      setHidden: (hide) => this.setHidden(hide),
      setSpeed: (speed) => this.setSpeed(speed),
      edit: () => this.editPinned(),
      release: () => this.release(),
    };
  }

  /** Take what Python sent. */
  update(page, send) {
    this.send = send;
    const [input, kernel, output] = [page.input, page.kernel, page.output].map(revive);
    Object.assign(this, { page, kernel, output, geometry: new Geometry({ ...page, input, kernel, output }) });
    this.operands = padded(input, page.rows.padding, page.columns.padding);
    this.margins = [...page.rows.padding, ...page.columns.padding];
    this.editable = page.editable;
    this.root.classList.toggle("present", page.present);
    if (page.start.turn !== this.turn) this.begin(page);
    this.step = Math.min(this.step, this.geometry.stops - 1);
    this.loadGrids(input);
    this.sum.measure(input, kernel);
    this.measured = undefined;
    this.measure();
  }

  begin(page) {
    this.turn = page.start.turn;
    this.clock.stop();
    this.step = page.start.step;
    this.hide = page.hide;
    this.revealed = !this.hide;
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
    grids.output.values = output.map((row) => row.map(() => undefined));
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
    const small = Math.min(font.input, cell.input * 0.36);
    const { rows, columns } = this.page;
    const scale = this.grids.kernel.scale;
    this.frame.measure(this.kernel, [rows.dilation, columns.dilation], cell.input, small, scale);
    this.filled = undefined;
    this.covered = [];
    this.draw(0);
  }

  // ---- moving -------------------------------------------------------------------------------------------

  go(step, motion = this.clock.motion) {
    const target = Math.max(0, Math.min(this.geometry.stops - 1, step));
    this.pause();
    this.moveTo(target, motion);
  }

  moveTo(step, motion) {
    this.revealed = !this.hide || (step < this.step) || (step === this.step && this.revealed);
    this.step = step;
    this.hover = undefined;
    this.draw(motion);
    this.commit();
  }

  /** One press: first the result if it is hidden, then the next stop. */
  advance() {
    if (!this.revealed) this.revealed = true;
    else if (this.step < this.geometry.stops - 1) {
      this.step += 1;
      this.revealed = !this.hide;
    }
    this.hover = undefined;
    this.draw(this.clock.motion);
  }

  forward() {
    this.pause();
    this.advance();
    this.commit();
  }

  back() {
    this.pause();
    this.moveTo(Math.max(0, this.step - 1), this.clock.motion);
  }

  get finished() {
    return this.step === this.geometry.stops - 1 && this.revealed;
  }

  play() {
    if (this.finished) this.moveTo(0, this.clock.motion);
    this.hover = this.pin = undefined;
    this.clock.start();
    this.draw(this.clock.motion);
  }

  beat() {
    this.advance();
    if (this.finished) this.pause();
  }

  pause() {
    if (!this.clock.running) return;
    this.clock.stop();
    this.draw(this.clock.motion);
    this.commit();
  }

  setSpeed(speed) {
    this.clock.speed = speed;
    if (this.clock.running) this.clock.start();
  }

  setHidden(hide) {
    this.hide = hide;
    this.revealed = !hide;
    this.filled = undefined;
    this.draw(0);
  }

  // ---- looking ------------------------------------------------------------------------------------------

  /** Look at a cell or a term while the pointer is on it; that pauses the run. */
  look(at) {
    if (same(at, this.hover)) return;
    if (at) this.pause();
    this.hover = at;
    this.draw(0);
  }

  /** Keep looking at a cell until it is pressed again. */
  hold(at) {
    this.pin = same(at, this.pin) ? undefined : at;
    this.hover = this.pin;
    this.draw(0);
  }

  /** A click or tap on a cell: outputs are jumped to, the others held; a second tap edits. */
  press(at, touched) {
    if (at.kind === "output") return this.go(this.geometry.stepOf(at.cell));
    if (touched && same(at, this.pin) && this.editAt(at)) return undefined;
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
    const cell = at?.kind === "output" ? at.cell : this.geometry.cellOf(this.step);
    this.root.style.setProperty("--motion", `${motion}ms`);
    this.fillOutput();
    this.frame.moveTo(...this.geometry.start(cell));
    this.cover(cell);
    this.showSum(cell);
    this.showLinks(at, cell);
    const { step, hide } = this;
    this.player.show({ step, hide, length: this.geometry.stops, playing: this.clock.running });
    if (!this.clock.running) this.announce(at, cell);
  }

  isHidden(step) {
    return this.hide && (step > this.step || (step === this.step && !this.revealed));
  }

  /** Fill the output up to the present stop, cell by changed cell. */
  fillOutput() {
    const grid = this.grids.output;
    const until = this.step + (this.revealed ? 1 : 0);
    const from = this.filled ?? 0;
    const last = this.filled === undefined ? this.geometry.stops : Math.max(from, until);
    for (let index = this.filled === undefined ? 0 : Math.min(from, until); index < last; index++) {
      const [row, column] = this.geometry.cellOf(index);
      grid.values[row][column] = index < until ? this.output[row][column] : undefined;
      grid.paintCell(row, column);
    }
    if (this.asking) grid.paintCell(...this.asking);
    this.asking = this.revealed ? undefined : this.geometry.cellOf(this.step);
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
    const hidden = this.isHidden(this.geometry.stepOf(cell));
    this.sum.show(values, this.kernel.flat(), this.page.bias, this.output[cell[0]][cell[1]], hidden);
  }

  showLinks(at, cell) {
    const { input, kernel, output } = this.grids;
    const links = linksOf(this.geometry, at, cell);
    input.mark(links.input, at?.kind === "input" ? "input" : "kernel");
    kernel.mark(links.kernel);
    output.mark(links.output);
    this.sum.light(links.term);
    this.root.classList.toggle("held", Boolean(this.pin));
    showTip(this, at);
  }

  announce(at, cell) {
    clearTimeout(this.saying);
    const sentence = at && at.kind !== "output" && at.kind !== "term" ? tipLines(this, at).join(". ") : this.sentence(cell);
    this.saying = setTimeout(() => write(this.live, sentence), 150);
  }

  sentence([row, column]) {
    const count = this.kernel.flat().length;
    const value = this.isHidden(this.geometry.stepOf([row, column])) ? "hidden" : exact(this.output[row][column]);
    const products = `sum of ${count} ${count === 1 ? "product" : "products"}`;
    return `Row ${row + 1}, column ${column + 1}: ${products} plus bias ${exact(this.page.bias)} is ${value}`;
  }

  // ---- telling Python -----------------------------------------------------------------------------------

  /** Tell Python where we are, once nothing has moved for a while. */
  commit() {
    clearTimeout(this.pending);
    this.pending = setTimeout(() => {
      if (!this.clock.running) this.send.setStateValue("at", { step: this.step, turn: this.turn });
    }, COMMIT);
  }

  sendCell(grid, [row, column], value) {
    const [top, , left] = grid.padding;
    this.send.setTriggerValue("edit", { grid: grid.role, row: row - top, column: column - left, value });
  }

  sendBlock(grid, text) {
    this.send.setTriggerValue("edit", { grid: grid.role, text: text.slice(0, 60000) });
  }

  editPinned() {
    const at = this.pin ?? this.hover;
    return at ? this.editAt(at) : false;
  }

  canEdit({ kind, cell }) {
    return this.editable && ["input", "kernel"].includes(kind) && !this.grids[kind].isPadding(...cell);
  }

  /** Open the editor on a cell that can be edited. */
  editAt(at) {
    if (!this.canEdit(at)) return false;
    this.pause();
    this.pin = this.hover = undefined;
    this.draw(0);
    this.editor.edit(this.grids[at.kind], at.cell);
    return true;
  }

  pasted(event) {
    const at = this.hover ?? this.pin;
    if (!this.editable || !["input", "kernel"].includes(at?.kind) || !isOurs(event, this.root)) return;
    const text = event.clipboardData.getData("text/plain").trim();
    if (!text) return;
    event.preventDefault();
    this.sendBlock(this.grids[at.kind], text);
  }
}

function same(one, other) {
  return one === other || (one && other && one.kind === other.kind && String(one.cell ?? one.index) === String(other.cell ?? other.index));
}
