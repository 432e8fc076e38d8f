// How often pixels occur: bars of shares over an axis, with the mean and one deviation to both sides.

const FIELD = { widest: 460, height: 190, left: 46, right: 8, top: 26, base: 150 };

class Pixels {
  constructor(root) {
    this.root = root;
    this.field = html("div", { class: "spreads" });
    root.append(this.field);
  }

  update({ spreads }) {
    this.field.replaceChildren(...spreads.map((spread) => this.draw(spread)));
  }

  draw({ title, edges, shares, mean, deviation }) {
    const [low, high] = [edges[0], edges.at(-1)];
    const room = Math.min(FIELD.widest, this.root.clientWidth || FIELD.widest);
    const top = Math.max(...shares);
    const x = (value) => FIELD.left + ((value - low) / (high - low)) * (room - FIELD.left - FIELD.right);
    const y = (share) => FIELD.base - (share / top) * (FIELD.base - FIELD.top);
    const within = (value) => Math.max(low, Math.min(high, value));
    const bars = shares.map((share, at) => {
      const wide = x(edges[at + 1]) - x(edges[at]);
      const bar = svg("rect", { class: "share", x: x(edges[at]) + 0.5, width: Math.max(0.5, wide - 1), y: y(share), height: FIELD.base - y(share) });
      bar.append(svg("title", { text: `${brief(edges[at])} to ${brief(edges[at + 1])}: ${percent(share)}` }));
      return bar;
    });
    const levels = ticks([0, top], 3).map((share) => [
      svg("path", { class: "rule", d: `M${FIELD.left} ${y(share)}H${room - FIELD.right}` }),
      svg("text", { x: FIELD.left - 6, y: y(share) + 5, "text-anchor": "end", text: `${Math.round(100 * share)} %` }),
    ]);
    const places = ticks([low, high], 6).map((value) => svg("text", { x: x(value), y: FIELD.base + 18, "text-anchor": "middle", text: brief(value) }));
    const [from, to] = [within(mean - deviation), within(mean + deviation)];
    const marks = [
      svg("rect", { class: "deviation", x: x(from), width: x(to) - x(from), y: FIELD.base + 24, height: 9 }),
      svg("path", { class: "mean", d: `M${x(mean)} ${FIELD.top - 4}V${FIELD.base}M${x(mean)} ${FIELD.base + 22}v13` }),
    ];
    const told = `${title}: mean ${brief(mean)}, deviation ${brief(deviation)}`;
    const picture = svg("svg", { viewBox: `0 0 ${room} ${FIELD.height}`, role: "img", "aria-label": told }, ...levels.flat(), ...bars, ...places, ...marks);
    return html("figure", {}, html("figcaption", { text: told }), picture);
  }
}

/** Rows of text: what the first layer reads in each way of scaling. */
class Table {
  constructor(root) {
    this.root = root;
    this.table = html("table");
    root.append(this.table);
  }

  update({ heads, rows, chosen }) {
    const head = html("tr", {}, ...heads.map((text) => html("th", { scope: "col", text })));
    const body = rows.map(([name, ...cells], at) => {
      const row = html("tr", { class: at === chosen ? "chosen" : false }, html("th", { scope: "row", text: name }));
      row.append(...cells.map((text) => html("td", { text })));
      return row;
    });
    this.table.replaceChildren(html("thead", {}, head), html("tbody", {}, ...body));
  }
}
