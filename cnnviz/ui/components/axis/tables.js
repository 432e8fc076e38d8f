// Sizes for other settings: a cell that is pressed becomes the present one.

class Tables {
  constructor(root) {
    this.root = root;
    this.lengths = html("div", { class: "lengths" });
    this.pairs = html("table", { class: "pairs" });
    this.title = html("figcaption");
    const legend = "A dot: the stride does not divide. A dash: the window does not fit.";
    root.append(
      html("figure", {}, html("figcaption", { text: "Output size o for every input size i" }), this.lengths, html("p", { class: "caption", text: legend })),
      html("figure", {}, this.title, this.pairs),
    );
  }

  update(data, send) {
    this.send = send;
    if (!this.cells) this.build(data);
    write(this.title, `Output size for every kernel k and stride s, i = ${data.length}`);
    data.lengths.forEach((entry, at) => this.fill(this.cells.lengths[at], entry, at + 1 === data.length));
    data.pairs.forEach((row, k) =>
      row.forEach((entry, s) => this.fill(this.cells.pairs[k][s], entry, k + 1 === data.kernel && s + 1 === data.stride)),
    );
  }

  build({ lengths, pairs }) {
    const columns = pairs[0].map((_, s) => html("th", { scope: "col", text: String(s + 1) }));
    const made = pairs.map((row, k) => row.map((_, s) => this.cell(`k = ${k + 1}, s = ${s + 1}`, { kernel: k + 1, stride: s + 1 })));
    const head = html("tr", {}, html("th", { scope: "col", text: "k \\ s" }), ...columns);
    const rows = made.map((row, k) => html("tr", {}, html("th", { scope: "row", text: String(k + 1) }), ...row.map((cell) => html("td", {}, cell.button))));
    this.pairs.replaceChildren(html("thead", {}, head), html("tbody", {}, ...rows));
    const single = lengths.map((_, at) => this.cell(`i = ${at + 1}`, { length: at + 1 }));
    single.forEach((cell, at) => cell.button.prepend(html("small", { text: String(at + 1) })));
    this.lengths.replaceChildren(...single.map((cell) => cell.button));
    this.cells = { lengths: single, pairs: made };
  }

  cell(name, pick) {
    const size = html("b");
    const button = html("button", { type: "button", class: "size" }, size);
    button.onclick = () => this.send.setTriggerValue("pick", pick);
    return { name, button, size };
  }

  fill({ name, button, size }, entry, present) {
    const [whole, exact] = entry ?? [];
    write(size, entry ? String(whole) : "–");
    button.disabled = !entry;
    button.classList.toggle("broken", exact !== undefined);
    button.setAttribute("aria-pressed", String(present));
    const told = exact === undefined ? `o = ${whole}` : `${exact}, no whole number; o = ${whole}`;
    button.title = `${name}: ${entry ? told : "the window does not fit"}`;
    button.setAttribute("aria-label", button.title);
  }

  close() {
    this.root.remove();
  }
}
