// Short signals as rows of cells: fill is value, the number in each cell, the name before it.

class Signals {
  constructor(root) {
    this.body = html("tbody");
    root.append(html("table", { class: "signals" }, this.body));
    this.root = root;
  }

  update({ rows, limit, themes }) {
    const scale = new Scale(limit, themes, appearance(this.root));
    const signed = rows.map(([name, told, values, role]) => {
      const head = html("th", { scope: "row", class: role }, html("span", { text: name }), html("small", { text: told }));
      const cells = values.map((value) => {
        const cell = html("td", { class: role, text: brief(value) });
        cell.style.background = scale.fill(value);
        cell.style.color = scale.ink(value);
        return cell;
      });
      return html("tr", {}, head, ...cells);
    });
    this.body.replaceChildren(...signed);
  }
}
