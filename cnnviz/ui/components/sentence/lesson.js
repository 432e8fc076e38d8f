// The run: a window slides down the words, its map fills; then the maxima, the scores and the probabilities.

class Lesson extends Played {
  static label = "A sentence in Kim's network";

  constructor(root) {
    super(root);
    this.picture = svg("svg", { class: "sentence-picture", role: "img" });
    this.frame = html("div", { class: "picture-frame" }, this.picture);
    this.told.setAttribute("class", "told sentence-told");
    this.root.append(this.frame, this.told, this.player.element, this.live);
    this.picture.onclick = (event) => this.clicked(event);
    this.picture.onpointermove = (event) => this.pointed(event);
    this.picture.onpointerleave = () => this.look(undefined);
    this.listen();
  }

  get across() {
    return this.page.maps[this.stop[1]].values.length;
  }

  /** The stop that is pointed at, or the one where the run is. */
  get stop() {
    return this.page.stops[this.hover?.step ?? this.run.step];
  }

  stepOf() {
    return undefined;
  }

  canEdit() {
    return false;
  }

  takesBlocks() {
    return false;
  }

  update(page, send) {
    Object.assign(this, { page, send });
    const name = appearance(this.root);
    applyPalette(this.root, page.themes[name]);
    this.scales = Object.fromEntries(Object.entries(page.limits).map(([key, limit]) => [key, new Scale(limit, page.themes, name)]));
    showView(this.root, page.present);
    this.follow(page, page.stops.length);
    this.forgetUnless(String([page.words, page.maps.length]));
    this.measured = undefined;
    this.measure();
  }

  /** Lay everything out for the room there is. */
  measure() {
    const seen = `${this.root.clientWidth} ${window.innerHeight}`;
    if (!this.page || !this.root.clientWidth || seen === this.measured) return;
    this.measured = seen;
    this.places = new Places(this.page, this.root.clientWidth, window.innerHeight - (this.page.present ? 190 : 380));
    this.build();
    this.draw(0);
  }

  build() {
    const { page, places } = this;
    const { font, row, cell, column } = places;
    this.image = page.image.map((words, at) => words.map((word, place) => word.map((_, number) =>
      new Cell(places.channel(at) + number * cell, places.rowOf(place), cell, row, font, "input"))));
    this.maps = page.maps.map(({ values }, at) => values.map((_, place) =>
      new Cell(places.map(at), places.mapsTop + place * row, column, row, font, "map")));
    this.maxima = page.maps.map((_, at) => new Cell(places.map(at), places.maximum, column, row, font, "maximum"));
    this.weights = page.classes.map((_, which) => page.maps.map((_, at) =>
      new Cell(places.map(at), places.classes + which * row, column, row, font, "weight")));
    const right = places.map(page.maps.length) + 6;
    this.scores = page.classes.map((_, which) => label("", right, places.classes + (which + 0.5) * row, "score", "start", font * 1.1));
    this.scores.forEach((text) => (text.dataset.shows = "scores"));
    this.maxima.forEach((one) => (one.text.dataset.shows = "maxima"));
    this.windows = page.channels.map(() => svg("rect", { class: "window", width: places.length * cell }));
    this.origin = svg("rect", { class: "origin", width: column, height: row });
    this.now = svg("rect", { class: "origin", width: column, height: row });
    const cells = [this.image, this.maps, this.maxima, this.weights].flat(3).map((one) => one.element);
    this.picture.setAttribute("viewBox", `0 0 ${this.root.clientWidth} ${places.height}`);
    this.picture.style.height = `${places.height}px`;
    this.picture.replaceChildren(...cells, ...this.labels(), ...this.scores, ...this.windows, this.origin, this.now);
  }

  /** Name rows and columns. */
  labels() {
    const { page, places } = this;
    const { row, font, narrow } = places;
    this.words = page.words.map((word, place) => label(word, places.left - 8, places.rowOf(place) + row / 2, "word", "end", font));
    const channels = page.channels.map((name, at) => label(name, places.channel(at) + (places.length * places.cell) / 2, places.top - 9, "input", "middle", font * 0.93));
    this.heads = page.maps.map(({ width }, at) => label(narrow ? `${width}` : `${width} words`, places.map(at) + places.column / 2, places.mapsTop - 9, "kernel", "middle", font * 0.85));
    const left = places.mapsLeft - 8;
    const named = [
      ["max", places.maximum + row / 2, "output"],
      ...page.classes.map((name, which) => [narrow ? `× ${name}` : `× weights, ${name}`, places.classes + (which + 0.5) * row, "kernel"]),
    ];
    const below = named.map(([text, y, role]) => label(text, left, y, role, "end", font * 0.93));
    const widths = narrow ? [label("words", left, places.mapsTop - 9, "kernel", "end", font * 0.93)] : [];
    return [...this.words, ...channels, ...this.heads, ...below, ...widths];
  }

  /** Draw the present moment. */
  draw(motion) {
    if (!this.measured) return;
    const [kind, index, place, told] = this.stop;
    this.root.style.setProperty("--motion", `${motion}ms`);
    this.drawWords(kind, index, place);
    this.drawMaps(kind, index, place);
    this.drawScores(kind, index);
    const asked = !this.hover && !this.run.revealed;
    write(this.told, asked ? `${told.split(kind === "window" ? ":" : "=")[0]} … ?` : told);
    this.picture.setAttribute("aria-label", this.told.textContent);
    this.player.show(this.run);
    if (!this.run.running) this.say(this.told.textContent);
  }

  /** The window on both channels, and what its cells are multiplied with. */
  drawWords(kind, index, place) {
    const { page, places } = this;
    const sliding = kind === "window" || kind === "maximum";
    const { width, weights } = page.maps[index];
    const inside = (row) => sliding && row >= place && row < place + width;
    this.image.forEach((words, at) => words.forEach((word, row) => word.forEach((one, number) =>
      one.show(page.image[at][row][number], this.scales.image, inside(row) && kind === "window" ? weights[at][row - place][number] : undefined))));
    this.words.forEach((word, row) => word.classList.toggle("lit", inside(row)));
    this.windows.forEach((window, at) => {
      window.toggleAttribute("hidden", !sliding);
      window.style.transform = `translate(${places.channel(at)}px, ${places.rowOf(place)}px)`;
      window.setAttribute("height", width * places.row);
    });
  }

  /** Which stop shows a place of a map, its maximum or a score first. */
  stopsOf(kind, index, place) {
    const key = `${kind} ${index} ${kind === "window" ? place : ""}`;
    if (this.indexed !== this.page.stops) {
      this.indexed = this.page.stops;
      this.steps = new Map(this.page.stops.map(([of, which, at], step) => [`${of} ${which} ${of === "window" ? at : ""}`, step]));
    }
    return this.steps.get(key);
  }

  isShown(kind, index, place) {
    return this.stopsOf(kind, index, place) < this.run.shown;
  }

  drawMaps(kind, index, place) {
    const { page, places } = this;
    page.maps.forEach(({ values, best }, at) => {
      this.heads[at].classList.toggle("lit", (kind === "window" || kind === "maximum") && at === index);
      const known = this.isShown("maximum", at);
      this.maps[at].forEach((one, row) => {
        one.show(this.isShown("window", at, row) ? values[row] : undefined, this.scales.value);
        one.element.classList.toggle("best", known && row === best);
      });
      this.maxima[at].show(known ? values[best] : undefined, this.scales.value);
    });
    this.origin.toggleAttribute("hidden", kind !== "maximum" || !this.run.revealed);
    this.origin.setAttribute("x", places.map(index));
    this.origin.setAttribute("y", places.mapsTop + place * places.row);
    this.now.toggleAttribute("hidden", kind !== "window" && kind !== "maximum");
    this.now.setAttribute("x", places.map(index));
    this.now.setAttribute("y", kind === "maximum" ? places.maximum : places.mapsTop + place * places.row);
  }

  drawScores(kind, index) {
    const { page } = this;
    const last = page.stops.length - 1 < this.run.shown;
    page.classes.forEach((_, which) => {
      const known = this.isShown("score", which);
      const chance = last ? `, ${Math.round(100 * page.probabilities[which])} %` : "";
      write(this.scores[which], known ? `${short(page.scores[which])}${chance}` : "");
      this.scores[which].classList.toggle("now", kind === "score" && which === index);
      this.weights[which].forEach((one, at) => {
        one.show(page.weights[which][at], this.scales.image);
        one.element.classList.toggle("now", kind === "score" && which === index);
      });
    });
  }

  /** Find the stop of the cell under the pointer: of a place of a map, a maximum or a class. */
  locate(event) {
    const group = event.target.closest(".cell");
    const find = (cells) => cells.findIndex((one) => one.element === group);
    const kinds = [
      ...this.maps.map((cells, at) => [find(cells), () => this.stopsOf("window", at, find(cells))]),
      [find(this.maxima), () => this.stopsOf("maximum", find(this.maxima))],
      ...this.weights.map((cells, which) => [find(cells), () => this.stopsOf("score", which)]),
    ];
    const [, stop] = kinds.find(([place]) => place >= 0) ?? [];
    const step = stop?.();
    return step === undefined || this.run.isHidden(step) ? undefined : { step };
  }

  /** A key may move things under a pointer at rest: only a pointer that moved looks. */
  pointed(event) {
    const place = `${event.clientX} ${event.clientY}`;
    if (event.pointerType !== "touch" && place !== this.pointer) this.look(this.locate(event));
    this.pointer = place;
  }

  /** A click on such a cell goes to its stop. */
  clicked(event) {
    const at = this.locate(event);
    if (at) this.run.go(at.step);
    this.root.focus({ preventScroll: true });
  }
}
