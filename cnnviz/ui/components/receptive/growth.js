// The table of growth: a line for each layer, with a bar as long as its field beside the picture's side.

class Growth {
  constructor(choose) {
    this.choose = choose;
    this.body = html("tbody");
    const head = ["Layer", "Output", "r", "j", "a", ""].map((text) => html("th", { scope: "col", text }));
    this.table = html("table", { class: "growth" }, html("thead", {}, html("tr", {}, ...head)), this.body);
    this.element = html("div", { class: "growth-frame", tabindex: -1 }, this.table);
  }

  update(rows, side) {
    const most = Math.max(side, ...rows.map(({ size }) => Math.max(...size)));
    this.lines = rows.map((row, at) => this.line(row, at, side / most, Math.max(...row.size) / most));
    this.body.replaceChildren(...this.lines);
    this.at = undefined;
  }

  line(row, at, picture, field) {
    const button = html("button", { type: "button", text: row.name });
    button.onclick = () => this.choose(at);
    const bar = html("i", { class: "bar" }, html("b"), html("u"));
    bar.firstChild.style.width = `${100 * field}%`;
    bar.lastChild.style.left = `${100 * picture}%`;
    const cell = (text, attributes = {}) => html("td", { ...attributes, text });
    const numbers = [cell(row.output, { class: "shape" }), cell(row.told.size, { "data-shows": "growth" }), cell(row.told.jump), cell(row.told.start)];
    const line = html("tr", {}, html("th", { scope: "row" }, button), ...numbers, html("td", { class: "bars" }, bar));
    line.onclick = (event) => event.target !== button && this.choose(at);
    return line;
  }

  show(at) {
    if (this.at !== undefined) this.lines[this.at].removeAttribute("aria-current");
    this.at = at;
    const line = this.lines[at];
    line.setAttribute("aria-current", "true");
    const [above, tall] = [line.offsetTop - this.table.tHead.offsetHeight, line.offsetHeight];
    const { scrollTop, clientHeight } = this.element;
    const room = clientHeight - this.table.tHead.offsetHeight;
    if (above < scrollTop) this.element.scrollTop = above;
    else if (above + tall > scrollTop + room) this.element.scrollTop = above + tall - room;
  }
}
