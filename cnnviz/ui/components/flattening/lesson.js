// Flattening as a lesson: cells of maps move into a vector, a 1 follows, then each output is a row of W times it.
//
// The vector is written as a row above W, so that every number stands above the weights it meets.

const SIZE = { cell: 44, font: 16 };
const LARGE = { cell: 62, font: 24 };
const FIXED = 376; // height of all but the cells, in the presenter view

class Lesson extends Played {
  static label = "Flattening and a dense layer";

  constructor(root) {
    super(root);
    this.vector = new Grid("input", "x");
    this.weights = new Grid("kernel", "W");
    this.output = new Grid("output", "y");
    this.line = new SumLine((index) => this.look({ kind: "vector", cell: [0, index] }), () => this.look(undefined));
    this.maps = [];
    this.biases = [this.vector, this.weights].map((grid) => grid.picture.appendChild(svg("rect", { class: "bias-frame" })));
    this.row = html("div", { class: "maps" });
    this.build();
    this.listen();
  }

  build() {
    const product = html("div", { class: "product" }, this.vector.element, this.weights.element, html("span", { class: "sign", text: "=" }), this.output.element);
    this.root.append(html("div", { class: "stage" }, this.row, product), this.told, this.line.element, this.player.element, this.live);
  }

  listen() {
    for (const [kind, grid] of [["vector", this.vector], ["weights", this.weights], ["output", this.output]]) {
      watchGrid(this, grid, (cell) => ({ kind, cell }), kind === "weights");
    }
    super.listen();
  }

  get across() {
    return 1;
  }

  get count() {
    return this.page.vector.length - 1;
  }

  /** The output of a stop, or undefined while the vector is filled. */
  unitOf(step) {
    return step > this.count ? step - this.count - 1 : undefined;
  }

  stepOf({ kind, cell }) {
    if (kind === "output") return this.count + 1 + cell[0];
    return kind === "vector" ? cell[1] : undefined;
  }

  gridOf({ kind, map }) {
    return kind === "map" ? this.maps[map] : this[kind];
  }

  addressOf(grid) {
    const map = this.maps.indexOf(grid);
    return map < 0 ? { grid: "weights", channel: 0 } : { grid: "maps", channel: map };
  }

  canEdit({ kind }) {
    return this.page.editable && ["map", "weights"].includes(kind);
  }

  takesBlocks() {
    return false;
  }

  /** Take what Python sent. */
  update(page, send) {
    const numbers = { maps: revive(page.maps), vector: revive(page.vector), weights: revive(page.weights), output: revive(page.output) };
    Object.assign(this, { page: { ...page, ...numbers }, send });
    this.editor.largest = page.largest;
    showView(this.root, page.present);
    this.follow(page, this.count + 1 + page.output.length);
    this.forgetUnless(String([page.maps.length, page.maps[0].length, page.maps[0][0].length, page.output.length]));
    this.makeMaps();
    this.loadGrids();
    this.measured = undefined;
    this.measure();
  }

  makeMaps() {
    while (this.maps.length > this.page.maps.length) this.maps.pop().element.remove();
    while (this.maps.length < this.page.maps.length) {
      const map = this.maps.length;
      const grid = new Grid("input", "");
      watchGrid(this, grid, (cell) => ({ kind: "map", map, cell }), true);
      this.maps.push(grid);
      this.row.append(grid.element);
    }
  }

  loadGrids() {
    const { page, maps, vector, weights, output } = this;
    const name = appearance(this.root);
    applyPalette(this.root, page.themes[name]);
    const scale = (limit) => new Scale(limit, page.themes, name);
    const none = [0, 0, 0, 0];
    maps.forEach((grid, at) => {
      grid.load(page.maps[at], none, scale(page.limits.input));
      grid.describe(maps.length > 1 ? `Map ${at + 1}` : "Map");
    });
    vector.load([page.vector], none, scale(page.limits.input));
    weights.load(page.weights, none, scale(page.limits.weights));
    output.load(page.output.map((value) => [value]), none, scale(page.limits.output));
    vector.describe(`x, ${this.count} numbers, and a 1`);
    weights.describe(`W ${page.weights.length} × ${page.weights[0].length}, biases last`);
    output.describe("y");
    this.line.measure(this.count, Math.max(vector.longest, weights.longest), false);
  }

  /** Fit the picture to the room there is. */
  measure() {
    const room = this.root.clientWidth;
    const seen = `${room} ${this.page.present}`;
    if (!room || this.measured === seen) return;
    this.measured = seen;
    const { cell: most, font: wanted } = this.page.present ? LARGE : SIZE;
    const columns = this.page.vector.length + 1;
    const rows = this.maps[0].rows + 1 + this.weights.rows;
    const high = this.page.present ? (window.innerHeight - FIXED) / rows : most;
    const cell = Math.floor(Math.max(14, Math.min(most, high, (room - 44) / columns)));
    const widest = Math.max(...[this.vector, this.weights, this.output, ...this.maps].map((grid) => grid.widest));
    const font = Math.min(wanted, Math.floor((cell - 4) / widest));
    for (const grid of [...this.maps, this.vector, this.weights, this.output]) grid.measure(cell, font < 8 ? 0 : font, Math.max(cell, 26));
    this.biases.forEach((frame, at) => {
      const { high, rows } = [this.vector, this.weights][at];
      const box = { x: this.count * cell + 1.5, y: 1.5, width: cell - 3, height: rows * high - 3 };
      for (const [name, value] of Object.entries(box)) frame.setAttribute(name, value);
    });
    this.root.dataset.mode = room < 620 ? "narrow" : "wide";
    this.draw(0);
  }

  /** Draw the present moment; `motion` is how long a number may take to get there. */
  draw(motion) {
    if (!this.measured) return;
    const at = this.hover ?? this.pin;
    const looked = at?.kind === "output" ? this.stepOf(at) : this.run.step;
    const unit = this.unitOf(looked);
    this.fill();
    this.outline(at, looked, unit);
    this.showSum(unit);
    this.fly(motion);
    this.player.show(this.run);
    write(this.told, this.sentence(at, looked, unit));
    if (!this.run.running) this.say(this.told.textContent);
  }

  /** Show as much of vector and output as the run has reached. */
  fill() {
    const { run, vector, output, page, count } = this;
    vector.values = [page.vector.map((value, at) => (at < run.shown ? value : undefined))];
    output.values = page.output.map((value, unit) => [count + 1 + unit < run.shown ? value : undefined]);
    vector.paint();
    output.paint();
    if (run.revealed) return;
    if (this.unitOf(run.step) === undefined) vector.paintCell(0, run.step, "?");
    else output.paintCell(this.unitOf(run.step), 0, "?");
  }

  /** Outline what belongs to what is looked at. */
  outline(at, step, unit) {
    const { vector, weights, output, page, count } = this;
    const filling = unit === undefined;
    const place = at?.kind === "map" ? this.indexOf(at) : at?.kind === "vector" || at?.kind === "weights" ? at.cell[1] : filling ? step : undefined;
    this.maps.forEach((grid, map) => {
      const cell = place !== undefined && place < count ? page.places[place] : undefined;
      grid.mark(cell && cell[0] === map ? [cell.slice(1)] : []);
    });
    const all = page.vector.map((_, column) => [0, column]);
    vector.mark(place !== undefined ? [[0, place]] : all);
    const row = at?.kind === "weights" ? at.cell[0] : unit;
    const weighed = row === undefined ? [] : place === undefined || at?.kind !== "weights" ? page.weights[row].map((_, column) => [row, column]) : [at.cell];
    weights.mark(weighed);
    output.mark(row === undefined ? [] : [[row, 0]]);
    this.line.light(unit !== undefined && place !== undefined && place < count ? place : -1);
    this.root.classList.toggle("held", Boolean(this.pin));
  }

  /** The place in the vector of a cell of a map. */
  indexOf({ map, cell }) {
    return this.page.places.findIndex((place) => String(place) === String([map, ...cell]));
  }

  showSum(unit) {
    this.line.element.classList.toggle("waiting", unit === undefined);
    const row = this.page.weights[unit ?? 0];
    const hidden = unit === undefined || this.count + 1 + unit >= this.run.shown;
    this.line.show(this.page.vector.slice(0, -1), row.slice(0, -1), row.at(-1), this.page.output[unit ?? 0], hidden);
  }

  /** Let the number of this stop travel from its map to the vector. */
  fly(motion) {
    const { step } = this.run;
    const moved = motion && step < this.count && this.run.revealed && this.flown !== step;
    this.flown = step;
    if (!moved) return;
    const [map, row, column] = this.page.places[step];
    const from = corner(this.maps[map], row, column);
    const to = corner(this.vector, 0, step);
    const chip = html("span", { class: "flying", text: brief(this.page.vector[step]) });
    const origin = this.root.getBoundingClientRect();
    chip.style.cssText = `left:${from[0] - origin.left}px;top:${from[1] - origin.top}px;width:${this.vector.cell}px;line-height:${this.vector.high}px;font-size:${this.vector.font}px`;
    this.root.append(chip);
    const path = [{ transform: "none" }, { transform: `translate(${to[0] - from[0]}px, ${to[1] - from[1]}px)` }];
    chip.animate(path, { duration: motion, easing: "ease-in-out" }).onfinish = () => chip.remove();
  }

  sentence(at, step, unit) {
    const { page, count } = this;
    if (at?.kind === "map") return `This number is number ${this.indexOf(at) + 1} of x: map by map, row by row.`;
    if (at?.kind === "weights") return this.aboutWeight(at.cell);
    if (unit !== undefined) return `y${below(unit + 1)} is row ${unit + 1} of W times x, and its bias times 1.`;
    const place = at?.kind === "vector" ? at.cell[1] : step;
    if (place === count) return "A 1 is written behind x, so that the last column of W is the bias: counted once.";
    const [map, row, column] = page.places[place];
    const from = `${this.maps.length > 1 ? `map ${map + 1}, ` : ""}row ${row + 1}, column ${column + 1}`;
    return `x${below(place + 1)} comes from ${from}.`;
  }

  aboutWeight([row, column]) {
    const weight = exact(this.page.weights[row][column]);
    const edit = this.page.editable ? (this.touched ? " Tap it again to edit it." : " Double-click to edit it.") : "";
    if (column === this.count) return `The bias of y${below(row + 1)} is ${weight}; it is multiplied by the 1.${edit}`;
    return `This weight, ${weight}, joins x${below(column + 1)} to y${below(row + 1)} and is used nowhere else.${edit}`;
  }
}

/** Where a cell of a grid is on the screen. */
function corner(grid, row, column) {
  const box = grid.board.getBoundingClientRect();
  return [box.left + column * grid.cell, box.top + row * grid.high];
}

/** Write a number below the line. */
function below(number) {
  return [...String(number)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]).join("");
}
