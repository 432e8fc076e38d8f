// The network as a drawing: the image, a column a layer, the way down to a map and a pixel, and up again.

const PHONE = 640;
const LEAST_SIDE = 14; // pixels of a map

class Drawing {
  constructor(root) {
    this.root = root;
    this.columns = [];
    const press = (cell) => this.chosen && this.choose({ ...this.chosen, row: cell[0], column: cell[1] });
    this.image = new Lens("input", { look: (cell) => this.lookAt(cell && { image: cell }), press: () => {} });
    this.lens = new Lens("output", { look: (cell) => this.lookAt(cell && { pixel: cell }), press });
    this.wires = new Wires();
    this.field = html("div", { class: "columns" }, this.wires.element);
    this.crumbs = html("nav", { class: "crumbs", "aria-label": "Where you are" });
    this.told = html("div", { class: "told", "aria-live": "polite" });
    this.stage = html("div", { class: "stage" }, this.image.element, this.field, this.lens.element);
    root.append(this.crumbs, this.stage, this.told);
    root.onkeydown = (event) => this.key(event);
    this.ears = new AbortController();
    listenToKeys(root, KEYS, { present: () => this.send.setTriggerValue("present", otherView(root)) }, this.ears.signal);
    this.observer = new ResizeObserver(() => this.measure());
    this.observer.observe(root);
  }

  close() {
    this.ears.abort();
    this.observer.disconnect();
    this.root.remove();
  }

  update(page, send) {
    Object.assign(this, { page, send, chosen: page.chosen, looked: undefined });
    const name = appearance(this.root);
    showView(this.root, page.present);
    const layers = page.layers.slice(1);
    if (this.columns.length !== layers.length) {
      const watch = { look: (at, number) => this.lookAt(at === undefined ? undefined : { at, number }), press: (at, number) => this.press(at, number) };
      this.columns = layers.map((_, place) => new Column(place + 1, watch));
      this.field.replaceChildren(this.wires.element, ...this.columns.map(({ element }) => element));
    }
    this.columns.forEach((column, place) => column.load(layers[place], page.themes, name));
    const [image] = page.layers;
    this.image.load(image.title, unpacked(image.values), 0, image.shape.slice(1), new Scale(image.ends[0], page.themes, name));
    this.loadLens(name);
    this.columns[0].nodes[0].tabIndex = 0;
    this.writeCrumbs();
    this.measured = undefined;
    this.measure();
  }

  loadLens(name) {
    const column = this.chosen && this.columns[this.chosen.layer - 1];
    const shown = column?.layer.kind === "maps";
    this.lens.element.hidden = !shown;
    if (!shown) return;
    const { map } = this.chosen;
    const [, rows, columns] = column.layer.shape;
    const scale = new Scale(column.layer.ends[map], this.page.themes, name);
    this.lens.load(`${column.layer.names[map]}: click a pixel`, column.values, map * rows * columns, [rows, columns], scale);
  }

  writeCrumbs() {
    const { chosen } = this;
    const parts = [["Network", null]];
    if (chosen) {
      const { layer } = this.columns[chosen.layer - 1];
      const { row, column, ...map } = chosen;
      parts.push([`${layer.title}, ${this.columns[chosen.layer - 1].nameOf(chosen.map)}`, map]);
      if (row !== undefined) parts.push([`row ${row + 1}, column ${column + 1}`, chosen]);
    }
    const buttons = parts.map(([text, to], place) => {
      const button = html("button", { type: "button", text, "aria-current": place === parts.length - 1 ? "true" : false });
      button.onclick = () => this.choose(to);
      return button;
    });
    this.crumbs.replaceChildren(...buttons.flatMap((button, place) => (place ? [html("span", { text: "›" }), button] : [button])));
    this.crumbs.append(html("span", { class: "scale", text: this.page.legend }));
  }

  /** Tell Python what was chosen; nothing leads back to the whole network. */
  choose(to) {
    this.send.setTriggerValue("choose", to ?? { layer: 0 });
  }

  press(at, number) {
    this.choose({ layer: at, map: number });
  }

  lookAt(looked) {
    this.looked = looked;
    this.light();
  }

  /** Name the maps before a layer that feed one of its maps. */
  reads(at, number) {
    const { layer } = this.columns[at - 1];
    const before = at > 1 ? this.columns[at - 2].nodes.length : 1;
    if (!layer.reads) return before === 1 ? [0] : span(before);
    const [first, end] = layer.reads[number];
    return span(end - first).map((place) => first + place).filter((place) => place < before);
  }

  measure() {
    const width = this.root.clientWidth;
    const seen = `${width} ${window.innerHeight}`;
    if (!width || !this.page || this.measured === seen) return;
    this.measured = seen;
    const phone = width < PHONE || !this.fitsBeside(width);
    const narrow = this.page.narrow || (phone && this.chosen);
    const mode = narrow ? "narrow" : phone ? "phone" : this.chosen ? "open" : "page";
    this.root.dataset.mode = mode;
    const height = phone ? 150 : this.chosen ? 130 : Math.max(230, Math.min(430, 0.47 * window.innerHeight));
    const large = narrow ? Math.min(150, width < 300 ? width - 10 : (width - 30) / 2) : phone ? Math.min(150, (width - 30) / 2) : this.chosen ? 132 : Math.min(180, 0.15 * width);
    this.image.fit(large);
    if (!this.lens.element.hidden) this.lens.fit(large);
    const room = width - large - (this.lens.element.hidden ? 0 : large + 24) - 24;
    const side = phone || narrow ? 34 : this.sideFor(room, height, mode);
    if (mode !== "narrow") for (const column of this.columns) column.fit(side, height, mode);
    const all = [{ nodes: [this.image.board] }, ...this.columns];
    if (["page", "open"].includes(mode)) this.wires.draw(this.field, all, (at, number) => this.reads(at, number));
    this.light();
  }

  /** Say whether all columns stand beside each other with the smallest maps; else they lie in rows. */
  fitsBeside(width) {
    const mode = this.chosen ? "open" : "page";
    const lenses = this.chosen ? 2 * 132 + 48 : Math.min(180, 0.15 * width) + 24;
    const height = this.chosen ? 130 : Math.max(230, Math.min(430, 0.47 * window.innerHeight));
    return this.across(LEAST_SIDE, height, mode) <= width - lenses;
  }

  /** How wide all columns are together if a map has `side` pixels. */
  across(side, height, mode) {
    const between = (mode === "open" ? 6 : 10) * (this.columns.length - 1);
    return this.columns.reduce((total, column) => total + column.width(side, height, mode), between);
  }

  sideFor(room, height, mode) {
    for (let side = 84; side > LEAST_SIDE; side -= 2) if (this.across(side, height, mode) <= room) return side;
    return LEAST_SIDE;
  }

  /** Show what is looked at, or else what is chosen. */
  light() {
    const { looked, chosen } = this;
    const at = looked?.at ?? chosen?.layer;
    const number = looked?.at ? looked.number : chosen?.map;
    this.columns.forEach((column) => {
      const feeds = at && column.at === at - 1 && this.reads(at, number);
      column.light((own) => {
        const chosenHere = chosen && column.at === chosen.layer && (own ?? chosen.map) === chosen.map;
        const lit = column.at === at && (own ?? number) === number;
        return [chosenHere && "chosen", lit && "lit", feeds && feeds.includes(own ?? 0) && "feeds"].filter(Boolean).join(" ");
      });
    });
    const node = at && this.columns[at - 1].kind === "strip" ? 0 : number;
    this.wires.light(at, node);
    this.showPixel();
  }

  showPixel() {
    const { looked, chosen } = this;
    const layer = chosen && this.columns[chosen.layer - 1].layer;
    const cell = looked?.pixel ?? (chosen?.row === undefined ? undefined : [chosen.row, chosen.column]);
    const sees = cell && layer?.fields && [layer.fields[0][cell[0]], layer.fields[1][cell[1]]];
    if (!this.lens.element.hidden) this.lens.mark(cell);
    this.image.mark(looked?.image, sees);
    write(this.told, this.sentence(cell, sees));
  }

  sentence(cell, sees) {
    const { looked } = this;
    const value = (lens, at) => exact(Number(lens.valueAt(at).toPrecision(6)));
    if (looked?.image) return `Image, row ${looked.image[0] + 1}, column ${looked.image[1] + 1}: ${value(this.image, looked.image)}, as the first layer reads it.`;
    if (looked?.at) return this.columns[looked.at - 1].tell(looked.number);
    if (!sees) return this.chosen ? this.page.hints[this.lens.element.hidden ? 2 : 1] : this.page.hints[0];
    const [[top, bottom], [left, right]] = sees;
    const where = `rows ${top + 1} to ${bottom + 1}, columns ${left + 1} to ${right + 1}`;
    return `Row ${cell[0] + 1}, column ${cell[1] + 1}: ${value(this.lens, cell)}. It sees ${bottom - top + 1} × ${right - left + 1} pixels of the image: ${where}.`;
  }

  /** Arrows walk from map to map, Enter opens one, Escape goes up. */
  key(event) {
    const { key } = event;
    if (key === "Escape" && this.chosen) {
      const { row, column, ...map } = this.chosen;
      this.choose(row === undefined ? null : map);
      return event.preventDefault();
    }
    const at = this.columns.findIndex(({ nodes }) => nodes.includes(event.target));
    if (at < 0 || !STEPS[key]) return undefined;
    const number = this.columns[at].nodes.indexOf(event.target);
    const [down, right] = STEPS[key];
    const column = this.columns[Math.max(0, Math.min(this.columns.length - 1, at + right))];
    const place = Math.max(0, Math.min(column.nodes.length - 1, number + down));
    column.nodes[place].focus();
    return event.preventDefault();
  }
}
