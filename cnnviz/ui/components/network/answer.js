// The units of a dense layer, and what softmax makes of them; a row that is looked at is folded back into maps.

const SHOWN = { weights: "Weights", read: "× what they meet", products: "= products" };

class Answer {
  constructor(root) {
    this.root = root;
    this.head = html("tr");
    this.body = html("tbody");
    this.table = html("table", { class: "units" }, html("thead", {}, this.head), this.body);
    this.title = html("div", { class: "caption kernel" });
    this.maps = Object.fromEntries(Object.keys(SHOWN).map((name) => [name, html("div", { class: "slices" })]));
    const rows = Object.entries(SHOWN).map(([name, text]) => html("div", { class: `folded ${name}` }, html("span", { text }), this.maps[name]));
    this.line = html("div", { class: "sum-line", "aria-live": "polite" });
    this.formula = html("div", { class: "sum-line" });
    root.append(html("div", { class: "halves" }, this.table, html("div", { class: "fold" }, this.title, ...rows, this.line, this.formula)));
  }

  close() {
    this.root.remove();
  }

  update(page, send) {
    Object.assign(this, { page, send, weights: unpacked(page.weights), read: unpacked(page.read) });
    const name = appearance(this.root);
    this.scales = Object.fromEntries(Object.entries(page.ends).map(([kind, end]) => [kind, new Scale(end, page.themes, name)]));
    this.head.replaceChildren(...page.heads.map((text) => html("th", { scope: "col", text })));
    this.rows = page.units.map((unit, place) => this.row(unit, place));
    this.body.replaceChildren(...this.rows);
    this.table.classList.toggle("with-shares", page.units[0].share !== undefined);
    this.show(page.start);
  }

  row({ cells, share }, place) {
    const row = html("tr", { tabindex: 0 }, ...cells.map((text) => html("td", { text })));
    if (share !== undefined) row.lastChild.style.setProperty("--share", share);
    row.onpointerenter = () => this.show(place);
    row.onfocus = () => this.show(place);
    row.onclick = () => this.show(place);
    return row;
  }

  /** Fold the weights of a unit back into maps. */
  show(place) {
    const { page, weights, read } = this;
    const [maps, rows, columns] = page.shape;
    const size = rows * columns;
    this.rows.forEach((row, at) => row.classList.toggle("lit", at === place));
    write(this.title, page.units[place].title);
    const own = weights.subarray(place * maps * size, (place + 1) * maps * size);
    const values = { weights: own, read, products: own.map((weight, at) => weight * read[at]) };
    for (const [kind, holder] of Object.entries(this.maps)) {
      while (holder.children.length < maps) holder.append(html("canvas", { "aria-hidden": "true" }));
      [...holder.children].slice(maps).forEach((extra) => extra.remove());
      [...holder.children].forEach((canvas, map) => paintMap(canvas, values[kind], map * size, rows, columns, this.scales[kind]));
      holder.classList.toggle("flat", rows === 1);
      holder.style.setProperty("--count", Math.min(maps, 16));
      holder.style.setProperty("--most", maps > 2 ? "46px" : "110px");
    }
    write(this.line, page.units[place].line);
    write(this.formula, page.units[place].formula ?? "");
  }
}
