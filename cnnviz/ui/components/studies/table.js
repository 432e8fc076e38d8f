// A table of texts; a figure may have a bar behind it, so that columns can be compared at a glance.

class SheetTable {
  constructor(root) {
    this.caption = html("figcaption");
    this.head = html("tr");
    this.body = html("tbody");
    this.element = html("figure", { class: "sheet" }, this.caption, html("table", {}, html("thead", {}, this.head), this.body));
    root.append(this.element);
  }

  update({ label, first, columns, rows, minor }) {
    write(this.caption, label);
    this.caption.hidden = !label;
    this.minor = minor;
    this.head.replaceChildren(...[first, ...columns].map((text, at) => html("th", { scope: "col", class: this.kind(at), text })));
    this.body.replaceChildren(...rows.map((row) => this.row(row)));
  }

  /** Say how a column is set: the first one is a name, a minor one is left out on a phone. */
  kind(at) {
    return `${at ? "figure" : "name"}${this.minor.includes(at - 1) ? " minor" : ""}`;
  }

  row({ name, what, cells, lit }) {
    const told = what ? [html("small", { text: what })] : [];
    const head = html("th", { scope: "row", class: "name" }, html("span", { text: name }), ...told);
    return html("tr", { class: lit ? "lit" : "" }, head, ...cells.map((cell, at) => this.cell(cell, at + 1)));
  }

  cell({ text, shows, part }, at) {
    const figure = html("span", { text, "data-shows": shows || false });
    if (part === null) return html("td", { class: this.kind(at) }, figure);
    const bar = html("i", { "aria-hidden": "true" });
    bar.style.width = `${100 * part}%`;
    return html("td", { class: `${this.kind(at)} measured` }, html("div", { class: "bar-room" }, bar, figure));
  }
}
