// Softmax: logits, exponentials, shares as bars, and the Jacobian in the colours of signed values.

const DIGIT = 0.56; // width of a digit in em
const SMALLEST = 11; // font of numbers in full; where they would be smaller, two decimals are shown

class Shares {
  constructor(root) {
    this.root = root;
    this.powers = [html("sup"), html("sup")];
    const power = (at) => html("th", {}, "e", this.powers[at]);
    const named = (text) => html("th", { text });
    this.head = html("tr", {}, named(""), named("logit aᵢ"), power(0), power(1), named("share fᵢ"), named(""));
    this.body = html("tbody");
    this.foot = html("tr", { class: "total" });
    this.table = html("table", { class: "shares-table" }, html("thead", {}, this.head), this.body, html("tfoot", {}, this.foot));
    this.grid = new Grid("gradient", "Jacobian");
    this.says = html("p", { class: "caption" });
    this.jacobian = html("div", { class: "jacobian" }, this.grid.element, this.says);
    this.root.append(html("div", { class: "shares-view" }, this.table, this.jacobian));
    const { board } = this.grid;
    board.onpointermove = (event) => this.tell(this.grid.locate(event));
    board.onpointerleave = () => this.tell(undefined);
    board.onkeydown = (event) => {
      const cell = stride(this.grid, event);
      if (cell) this.tell(cell);
    };
    board.onblur = () => { this.grid.point(undefined); this.tell(undefined); };
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(root);
  }

  update(data) {
    this.data = data;
    const name = appearance(this.root);
    this.powers.forEach((sup, at) => write(sup, data.powers[at]));
    const number = (which, value) => html("td", { class: which, "data-shows": which, text: four(Number(value)) });
    this.body.replaceChildren(...data.logits.map((logit, at) => {
      const bar = html("i", { style: `width: ${100 * data.shares[at]}%` });
      return html("tr", {},
        html("th", { scope: "row", text: String(at + 1) }),
        number("logits", logit),
        number("plain", data.plain[at]),
        number("safe", data.safe[at]),
        number("shares", data.shares[at]),
        html("td", { class: "bar", "aria-hidden": "true" }, bar),
      );
    }));
    const totals = [data.totals.plain, data.totals.safe, data.totals.shares].map((total) => html("td", { text: four(Number(total)) }));
    this.foot.replaceChildren(html("th", { text: "sum" }), html("td"), ...totals, html("td"));
    const rows = data.jacobian.map((row) => row.map(Number));
    this.grid.load(rows, [0, 0, 0, 0], new Scale(Math.max(...rows.flat().map(Math.abs)), data.themes, name));
    this.grid.describe(`Jacobian ${rows.length} × ${rows.length}: share i (row) by logit j (column)`);
    this.fit();
    this.tell(undefined);
  }

  fit() {
    const room = this.jacobian.clientWidth;
    if (!this.data || !room) return;
    const widest = this.data.present ? 104 : 72;
    const cell = Math.floor(Math.max(26, Math.min(widest, (room - 4) / this.grid.columns, (window.innerHeight * 0.5) / this.grid.rows)));
    const most = this.data.present ? 26 : 18;
    const rooms = (text) => (cell - 6) / (text.length * DIGIT);
    const texts = this.grid.values.map((row) => row.map((value) => (rooms(four(value)) < SMALLEST ? brief(value) : four(value))));
    this.grid.measure(cell, Math.max(9, Math.min(most, ...texts.flat().map(rooms))));
    texts.forEach((row, i) => row.forEach((text, j) => this.grid.paintCell(i, j, text)));
    this.grid.texts.forEach((label) => { label.dataset.shows = "jacobian"; });
  }

  /** Write out one entry of the Jacobian. */
  tell(cell) {
    this.grid.mark(cell ? [cell] : []);
    if (!cell) return write(this.says, this.data.caption);
    const [i, j] = cell;
    const share = (at) => four(Number(this.data.shares[at]));
    const over = this.data.temperature === 1 ? "" : ` / ${four(this.data.temperature)}`;
    const product = i === j ? `${share(i)} · (1 − ${share(i)})` : `−${share(i)} · ${share(j)}`;
    return write(this.says, `∂f${i + 1}/∂a${j + 1} = ${product}${over} = ${four(Number(this.data.jacobian[i][j]))}`);
  }

  close() {
    this.observer.disconnect();
  }
}
