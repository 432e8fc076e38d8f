// Two bars for each layer, back to back from the middle: its part of all parameters, and of all work.

const BARS = { row: 26, gap: 5, head: 30, large: 38 };

class BackToBack extends Fitted {
  constructor(root) {
    super(root);
    this.picture = svg("svg", { class: "bars-picture", role: "img" });
    root.append(this.picture);
  }

  draw(width) {
    const { bars, names, present } = this.data;
    const row = present ? BARS.large : BARS.row;
    const font = present ? 19 : 15;
    const label = Math.min(width * 0.34, Math.max(...bars.map(([name]) => name.length)) * font * 0.6 + 12);
    const room = (width - label) / 2;
    const height = BARS.head + bars.length * (row + BARS.gap);
    const [held, done] = this.data.series[appearance(this.root)];
    this.picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.picture.style.height = `${height}px`;
    this.picture.style.fontSize = `${font}px`;
    const heads = [
      svg("text", { class: "bars-head", x: room - 8, y: 16, "text-anchor": "end", text: names[0], fill: held }),
      svg("text", { class: "bars-head", x: room + label + 8, y: 16, text: names[1], fill: done }),
    ];
    const lines = bars.flatMap((bar, at) => this.line(bar, BARS.head + at * (row + BARS.gap), { row, font, label, room, held, done }));
    this.picture.replaceChildren(...heads, ...lines);
    const told = bars.map(([name, , , held, done]) => `${name}: ${percent(held)} and ${percent(done)}`).join("; ");
    this.picture.setAttribute("aria-label", `${names[0]} and ${names[1]} by layer. ${told}`);
  }

  line([name, parameters, operations, held, done], y, place) {
    const { row, font, label, room } = place;
    const most = room - font * 3.6; // beside the longest bar its number has room
    const [left, right] = [Math.max(held ? 1.5 : 0, held * most), Math.max(done ? 1.5 : 0, done * most)];
    const middle = y + row / 2 + font * 0.35;
    const told = svg("title", { text: `${name}: ${parameters.toLocaleString("en")} and ${operations.toLocaleString("en")}` });
    return [svg("g", { class: "bars-line" }, told,
      svg("rect", { x: room - left, y, width: left, height: row, fill: place.held, rx: 2 }),
      svg("rect", { x: room + label, y, width: right, height: row, fill: place.done, rx: 2 }),
      svg("text", { x: room + label / 2, y: middle, "text-anchor": "middle", class: "bars-name", text: fitted(name, label, font) }),
      svg("text", { x: room - left - 6, y: middle, "text-anchor": "end", text: held ? percent(held) : "" }),
      svg("text", { x: room + label + right + 6, y: middle, text: done ? percent(done) : "" }),
    )];
  }
}

/** Shorten a name to the room there is. */
function fitted(name, room, font) {
  const most = Math.floor((room - 8) / (font * 0.56));
  return name.length <= most ? name : `${name.slice(0, most - 1)}…`;
}
