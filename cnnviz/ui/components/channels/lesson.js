// The lesson: joins the rows of channels, the sum, the filters, the player and the keys.

class Lesson extends Played {
  static label = "Channels and filters";

  constructor(root) {
    super(root);
    this.rows = [];
    this.output = [];
    this.captions = ["input", "kernel", "partial"].map((role) => html("div", { class: `caption ${role}` }));
    this.table = html("div", { class: "rows" });
    this.sums = new Sums(this);
    this.junction = new Junction();
    this.filters = new Filters(this);
    this.title = html("div", { class: "caption output" });
    this.planes = html("div", { class: "planes" });
    this.build();
    this.listen();
  }

  build() {
    this.result = html("div", { class: "result" }, this.sums.line, this.title, this.planes, this.filters.element);
    this.stage = html("div", { class: "stage" }, this.junction.wires, this.table, this.junction.element, this.result);
    this.root.append(this.stage, html("div", { class: "sum" }, this.sums.products), this.told, this.player.element, this.live);
  }

  listen() {
    super.listen();
    this.settled = new ResizeObserver(() => this.drawWires());
    for (const part of this.stage.children) this.settled.observe(part);
  }

  close() {
    this.settled.disconnect();
    super.close();
  }

  get across() {
    return this.geometry.output[2];
  }

  stepOf({ kind, plane, cell }) {
    return ["partial", "output"].includes(kind) ? this.geometry.stepOf([plane, ...cell]) : undefined;
  }

  gridOf({ kind, channel, plane }) {
    return kind === "output" ? this.output[plane] : this.rows[channel].grids[kind][plane];
  }

  addressOf({ kind, channel, plane }) {
    return { grid: kind, channel: kind === "kernel" ? channel - this.first : channel, plane };
  }

  canEdit(at) {
    return this.takesBlocks(at) && !this.gridOf(at).isPadding(...at.cell);
  }

  takesBlocks({ kind }) {
    return this.page.editable && ["input", "kernel"].includes(kind);
  }

  isRead(channel) {
    const [first, end] = this.page.reads[this.page.shown];
    return channel >= first && channel < end;
  }

  valueOf(at) {
    if (at.kind === "partial") return this.partials[at.channel - this.first][at.plane][at.cell[0]][at.cell[1]];
    if (at.kind === "output") return this.results[at.plane][at.cell[0]][at.cell[1]];
    return this.gridOf(at).values[at.cell[0]][at.cell[1]];
  }

  /** Take what Python sent. */
  update(page, send) {
    this.send = send;
    const [inputs, kernels, partials, sums, results] = ["inputs", "kernels", "partials", "sums", "output"].map((name) => revive(page[name]));
    Object.assign(this, { page, kernels, partials, totals: sums, results, geometry: new Geometry({ axes: page.axes, kernels, sums }) });
    [this.first] = page.reads[page.shown];
    const [, down, right] = page.axes.map(({ padding }) => padding);
    this.margins = [...down, ...right];
    this.operands = inputs.map((planes) => planes.map((plane) => padPlane(plane, down, right)));
    this.editor.largest = page.largest;
    showView(this.root, page.present);
    this.follow(page, this.geometry.stops);
    this.forgetUnless(String([...sides(inputs[0]), inputs.length, ...this.geometry.kernel, ...this.geometry.output, ...this.margins, page.shown, this.first]));
    this.load(inputs);
    this.measured = undefined;
    this.measure();
  }

  load(inputs) {
    const { page, partials, kernels, margins, operands } = this;
    const name = appearance(this.root);
    applyPalette(this.root, page.themes[name]);
    const scale = (kind) => new Scale(page.limits[kind], page.themes, name);
    const scales = { input: scale("input"), kernel: scale("kernel"), output: scale("output") };
    this.filled = this.run.shown;
    this.fitRows(inputs.length);
    this.rows.forEach((row, channel) => {
      const at = channel - this.first;
      const read = this.isRead(channel);
      const shown = read ? { slice: kernels[at], partial: partials[at] } : {};
      row.load({ name: page.names[channel], input: operands[channel], margins, ...shown }, scales, page.present);
      row.grids.partial.forEach((grid, plane) => (grid.values = this.soFar(partials[at], plane)));
    });
    this.fitOutput(this.results.length);
    this.output.forEach((grid, plane) => {
      grid.load(this.results[plane], [0, 0, 0, 0], scales.output);
      grid.describe(this.results.length > 1 ? `Output, plane ${plane + 1}` : "Output");
      grid.values = this.soFar(this.results, plane);
    });
    writeCaptions(this, inputs);
    this.sums.measure(span(inputs.length).filter((channel) => this.isRead(channel)));
    this.filters.load(page, scales.output);
  }

  /** The values of a plane of which the run has come so far. */
  soFar(planes, plane) {
    return planes[plane].map((row, i) => row.map((value, j) => (this.geometry.stepOf([plane, i, j]) < this.filled ? value : undefined)));
  }

  fitRows(channels) {
    if (this.rows.length === channels) return;
    this.rows = span(channels).map((number) => new ChannelRow(number, this));
    const corner = html("div", { class: "caption" });
    const [input, kernel, partial] = this.captions;
    const gap = () => html("span");
    const head = [corner, input, gap(), kernel, gap(), partial, html("span", { class: "pill-head" })];
    this.table.replaceChildren(...head, ...this.rows.flatMap(({ elements }) => elements));
  }

  fitOutput(planes) {
    if (this.output.length === planes) return;
    this.output = span(planes).map((plane) => {
      const grid = Object.assign(new Plane("output", "Output"), { kind: "output", plane });
      watchGrid(this, grid, (cell) => ({ kind: "output", plane, cell }), false);
      return grid;
    });
    this.planes.replaceChildren(...this.output.map((grid) => grid.element));
  }

  /** Fit the picture to the room there is. */
  measure() {
    const room = { width: this.root.clientWidth, height: window.innerHeight };
    const seen = `${room.width} ${room.height}`;
    if (!room.width || this.measured === seen) return;
    this.measured = seen;
    const grids = { input: [], kernel: [], partial: [], output: this.output };
    for (const row of this.rows) for (const kind of Object.keys(row.grids)) grids[kind].push(...row.grids[kind]);
    const widest = Object.fromEntries(Object.entries(grids).map(([kind, all]) => [kind, Math.max(...all.map((grid) => grid.widest))]));
    const shapes = { input: sides(this.operands[0]), kernel: this.geometry.kernel, partial: this.geometry.output, output: this.geometry.output };
    const { mode, result, sizes } = plan(shapes, widest, this.rows.length, room, this.page.present);
    this.root.dataset.mode = mode;
    this.result.style.flexBasis = result ? `${result}px` : "auto";
    for (const [kind, all] of Object.entries(grids)) {
      for (const grid of all) grid.fit(sizes[kind]);
    }
    for (const grid of grids.partial) for (const text of grid.texts) text.dataset.shows = "partials";
    for (const row of this.rows) row.measureFrames(this.kernels[0][0], this.page.axes, sizes.input);
    this.asking = undefined;
    this.draw(0);
    this.drawWires();
  }

  drawWires() {
    if (!this.measured) return;
    const pills = this.rows.filter(({ read }) => read).map(({ pill }) => pill);
    this.junction.draw(this.stage, pills, this.output[0].board);
    this.filters.drawWires();
  }

  /** Draw the present moment; `motion` is how long the window may take to get there. */
  draw(motion) {
    if (!this.measured) return;
    const at = this.hover ?? this.pin;
    const looking = ["partial", "output"].includes(at?.kind);
    const place = looking ? [at.plane, ...at.cell] : this.geometry.placeOf(this.run.step);
    this.root.style.setProperty("--motion", `${motion}ms`);
    this.fill();
    const reach = [this.geometry.kernel[0], this.page.axes[0].dilation];
    for (const row of this.rows) row.moveTo(this.geometry.start(place), reach);
    this.showSums(at, place);
    this.showLinks(at, place);
    this.player.show(this.run);
    this.junction.pulse(motion);
    if (!this.run.running) this.say(at ? told(this, at) : this.sentence(place));
  }

  isHidden(place) {
    return this.run.isHidden(this.geometry.stepOf(place));
  }

  /** Fill output and partial maps up to the present stop, cell by changed cell. */
  fill() {
    const until = this.run.shown;
    for (let index = Math.min(this.filled, until); index < Math.max(this.filled, until); index++) this.fillCell(index, index < until);
    if (this.asking) this.output[this.asking[0]].paintCell(this.asking[1], this.asking[2]);
    this.asking = this.run.revealed ? undefined : this.geometry.placeOf(this.run.step);
    if (this.asking) this.output[this.asking[0]].paintCell(this.asking[1], this.asking[2], "?");
    this.filled = until;
  }

  fillCell(index, shown) {
    const [plane, row, column] = this.geometry.placeOf(index);
    const put = (grid, planes) => {
      grid.values[row][column] = shown ? planes[plane][row][column] : undefined;
      grid.paintCell(row, column);
    };
    put(this.output[plane], this.results);
    for (const { grids, number, read } of this.rows) if (read) put(grids.partial[plane], this.partials[number - this.first]);
  }

  showSums(at, place) {
    const [plane, row, column] = place;
    const values = this.partials.map((planes) => planes[plane][row][column]);
    const [sum, result] = [this.totals, this.results].map((planes) => planes[plane][row][column]);
    this.sums.show(values, this.page.bias, sum, result, { relu: this.page.relu, hidden: this.isHidden(place) });
    const channel = this.isRead(at?.channel) ? at.channel : this.first;
    const slice = channel - this.first;
    const operands = this.geometry.weights().map((weight) => {
      const [deep, down, right] = this.geometry.met(place, weight);
      return this.operands[channel][deep][down][right];
    });
    this.sums.showProducts(channel, this.page.names[channel], operands, this.kernels[slice].flat(2), values[slice]);
    this.rows.forEach((each) => each.read && write(each.pill, brief(values[each.number - this.first])));
  }

  showLinks(at, place) {
    const links = linksOf(this.geometry, at, place);
    const ofPlane = (cells, plane) => cells.filter(([own]) => own === plane).map(([, ...cell]) => cell);
    for (const row of this.rows) {
      const own = row.number === links.channel;
      row.grids.input.forEach((grid, plane) => grid.mark(own ? ofPlane(links.input, plane) : [], at?.kind === "input" ? "input" : "kernel"));
      row.grids.kernel.forEach((grid, plane) => grid.mark(own ? ofPlane(links.kernel, plane) : []));
      row.grids.partial.forEach((grid, plane) => grid.mark(ofPlane(links.output, plane), "output"));
      row.name.classList.toggle("lit", own);
      row.pill.classList.toggle("lit", own);
      row.boxes.kernel.classList.toggle("lit", own && row.read);
      row.frames.forEach((frame) => frame.element.classList.toggle("faint", links.channel !== undefined && !own));
    }
    this.output.forEach((grid, plane) => grid.mark(ofPlane(links.output, plane)));
    this.sums.light(links.channel, links.term);
    this.root.classList.toggle("held", Boolean(this.pin));
    write(this.told, told(this, at));
  }

  sentence(place) {
    const value = this.isHidden(place) ? "hidden" : exact(this.results[place[0]][place[1]][place[2]]);
    return `${placeName(this, { kind: "output", plane: place[0], cell: place.slice(1) })}: ${this.sums.line.textContent}, which is ${value}`;
  }
}
