// Both networks: the CNN as volumes to scale, the MLP as columns of units with every line between them.

const DOTS = 7; // units drawn of a column at most

class CnnDrawing {
  constructor() {
    this.element = svg("svg", { class: "network-picture", "aria-hidden": "true" });
  }

  draw({ shapes, names, classes }, width, height, font) {
    const deepest = Math.max(...shapes.map(([channels]) => channels));
    const largest = Math.max(...shapes.map(([, rows]) => rows));
    const room = height - 3.2 * font;
    const gap = 12;
    let cell = (room * 0.8) / largest;
    const channel = Math.min(cell * 2, (room * 0.34) / deepest);
    const wide = () => shapes.reduce((sum, [channels, , columns]) => sum + Math.max(2, columns * cell) + Math.max(1.5, channels * channel) * SLANT.x + gap, 4 * font);
    const spare = wide() - width;
    if (spare > 0) cell = Math.max(0.02, cell - spare / shapes.reduce((sum, [, , columns]) => sum + columns, 0));
    const floor = height - 2.1 * font;
    let x = Math.max(font, (width - wide()) / 2 + font);
    let taken = -Infinity; // where the name before ends
    const apart = (name, middle) => Math.max(0, taken + 8 + halfOf(name, font) - middle);
    const parts = shapes.flatMap((shape, at) => {
      const role = at === 0 ? "input" : "output";
      const volume = new Volume(role, shape, { cell, channel });
      if (names[at]) {
        x += apart(names[at], x + volume.wide / 2);
        taken = x + volume.wide / 2 + halfOf(names[at], font);
      }
      const drawn = volume.draw(x, floor - volume.front.height);
      drawn.dataset.layer = names[at] ?? "";
      const label = names[at] ? [svg("text", { class: "layer-name", "data-layer": names[at], x: x + volume.wide / 2, y: floor + font * 1.1, "text-anchor": "middle", text: names[at] })] : [];
      x += volume.wide + gap;
      return [drawn, ...label];
    });
    x += apart("FC1", x + 7);
    const dense = svg("rect", { class: "bar output", "data-layer": "FC1", x: x + 4, y: floor - room * 0.5, width: 7, height: room * 0.5 });
    const name = svg("text", { class: "layer-name", "data-layer": "FC1", x: x + 7, y: floor + font * 1.1, "text-anchor": "middle", text: "FC1" });
    this.fill(width, height, font, [...parts, dense, name], `${shapes.map(([channels, rows]) => `${rows}·${rows}·${channels}`)[0]} to ${classes} classes`);
  }

  fill(width, height, font, parts, text) {
    this.element.setAttribute("width", width);
    this.element.setAttribute("height", height);
    this.element.style.fontSize = `${font}px`;
    this.element.setAttribute("aria-label", text);
    this.element.replaceChildren(...parts);
  }
}

/** Half the width of a name. */
function halfOf(name, font) {
  return 0.31 * font * name.length;
}

class MlpDrawing {
  constructor() {
    this.element = svg("svg", { class: "network-picture", "aria-hidden": "true" });
  }

  draw({ units }, width, height, font) {
    const top = 0.9 * font;
    const room = height - 2.6 * font - top;
    const across = (at) => 2.6 * font + (at * (width - 5.2 * font)) / (units.length - 1);
    const columns = units.map((count, at) => ({ at, count, places: places(count, top, room) }));
    const lines = columns.slice(1).map((column) => {
      const before = columns[column.at - 1];
      const d = before.places.flatMap((from) => column.places.map((to) => `M${across(before.at)} ${from}L${across(column.at)} ${to}`)).join("");
      return svg("path", { class: "links", "data-layer": `FC${column.at}`, d });
    });
    const dots = columns.flatMap(({ at, count, places: spots }) => {
      const role = at === 0 ? "input" : "output";
      const cut = count > DOTS ? [svg("text", { class: "cut", x: across(at), y: top + room / 2 + font * 0.4, "text-anchor": "middle", text: "⋮" })] : [];
      const label = svg("text", { class: `label ${role}`, x: across(at), y: height - 0.9 * font, "text-anchor": "middle", text: count.toLocaleString("en") });
      return [...spots.map((y) => svg("circle", { class: `unit ${role}`, cx: across(at), cy: y, r: 4.5 })), ...cut, label];
    });
    CnnDrawing.prototype.fill.call(this, width, height, font, [...lines, ...dots], `${units.join(", ")} units`);
  }
}

/** Where the dots of a column stand; of a large one the middle is left out. */
function places(count, top, room) {
  const shown = Math.min(count, DOTS);
  const all = Array.from({ length: shown }, (_, at) => top + ((at + 0.5) * room) / shown);
  return count > DOTS ? all.filter((_, at) => at !== (DOTS - 1) / 2) : all;
}
