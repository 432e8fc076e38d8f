// Accuracy against the distance of a shift: a line for each network, with its intervals.

const BOX = { width: 560, height: 300, left: 52, right: 16, top: 14, bottom: 44 };

class Lines {
  constructor(root) {
    this.root = root;
    this.picture = svg("svg", { viewBox: `0 0 ${BOX.width} ${BOX.height}`, role: "img", class: "lines-picture" });
    root.append(this.picture);
  }

  close() {
    this.root.remove();
  }

  update(page) {
    const colours = page.colours[appearance(this.root)];
    const marks = page.lines.flatMap((line, at) => this.line(line, colours[at], at));
    this.picture.setAttribute("aria-label", page.label);
    this.picture.replaceChildren(...this.axes(page), ...marks);
    this.page = page;
  }

  x(distance, count) {
    return BOX.left + ((distance + 0.35) / (count - 0.3)) * (BOX.width - BOX.left - BOX.right);
  }

  y(share) {
    return BOX.top + (1 - share) * (BOX.height - BOX.top - BOX.bottom);
  }

  axes({ lines, axis }) {
    const count = lines[0].shares.length;
    const levels = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
      svg("path", { d: `M${BOX.left} ${this.y(share)}H${BOX.width - BOX.right}`, class: "level" }),
      svg("text", { x: BOX.left - 8, y: this.y(share) + 5, "text-anchor": "end", text: `${100 * share} %` }),
    ]);
    const places = span(count).map((distance) => svg("text", { x: this.x(distance, count), y: BOX.height - 24, "text-anchor": "middle", text: distance }));
    return [...levels, ...places, svg("text", { x: (BOX.left + BOX.width) / 2, y: BOX.height - 5, "text-anchor": "middle", text: axis })];
  }

  line({ name, shares, intervals }, colour, at) {
    const count = shares.length;
    const place = (share, distance) => `${this.x(distance, count)} ${this.y(share)}`;
    const path = svg("path", { d: `M${shares.map(place).join("L")}`, stroke: colour, class: "series", "stroke-dasharray": at ? "7 5" : false });
    const bars = intervals.map(([low, high], distance) => svg("path", { d: `M${place(low, distance)}L${place(high, distance)}`, stroke: colour, class: "series" }));
    const dots = shares.map((share, distance) => {
      const dot = svg("circle", { cx: this.x(distance, count), cy: this.y(share), r: 4, fill: colour });
      dot.append(svg("title", { text: `${name}, ${distance}: ${percent(share)}` }));
      return dot;
    });
    const above = { x: this.x(1, count) + 6, y: this.y(shares[1]) - 14, "text-anchor": "start" };
    const below = { x: this.x(1, count) - 6, y: this.y(shares[1]) + 30, "text-anchor": "middle" };
    const last = svg("text", { ...(at ? below : above), class: "named", text: name });
    return [path, ...bars, ...dots, last];
  }
}
