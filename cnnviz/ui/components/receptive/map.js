// The map of the chosen layer: each cell is a unit that can be pointed at, pressed and walked to.

const FINE = 5; // pixels of a cell from which on lines are drawn

class UnitMap {
  constructor(look, keep) {
    this.lines = svg("path", { class: "lines" });
    this.back = svg("rect", { class: "back" });
    this.mark = svg("rect", { class: "unit" });
    this.hover = svg("rect", { class: "hovered" });
    this.drawing = svg("svg", { class: "map-drawing", "aria-hidden": "true" }, this.back, this.lines, this.hover, this.mark);
    this.element = html("div", { class: "map", tabindex: 0, role: "group" }, this.drawing);
    this.element.onpointermove = (event) => event.pointerType !== "touch" && look(this.locate(event));
    this.element.onpointerleave = () => look(undefined);
    this.element.onclick = (event) => keep(this.locate(event));
  }

  update([rows, columns], name) {
    Object.assign(this, { rows, columns });
    this.drawing.setAttribute("viewBox", `0 0 ${columns} ${rows}`);
    this.element.setAttribute("aria-label", `Units of ${name}, ${rows} by ${columns}; the arrow keys walk`);
    this.back.setAttribute("width", columns);
    this.back.setAttribute("height", rows);
    const fine = this.drawing.clientWidth / columns >= FINE;
    const down = Array.from({ length: columns - 1 }, (_, at) => `M${at + 1} 0V${rows}`);
    const across = Array.from({ length: rows - 1 }, (_, at) => `M0 ${at + 1}H${columns}`);
    this.lines.setAttribute("d", fine ? [...down, ...across].join("") : "");
  }

  show(kept, looked) {
    this.put(this.mark, kept);
    this.hover.toggleAttribute("hidden", !looked);
    if (looked) this.put(this.hover, looked);
  }

  put(rect, [row, column]) {
    for (const [name, value] of Object.entries({ x: column, y: row, width: 1, height: 1 })) rect.setAttribute(name, value);
  }

  locate(event) {
    const box = this.drawing.getBoundingClientRect();
    const within = (part, count) => Math.max(0, Math.min(count - 1, Math.floor(part * count)));
    return [within((event.clientY - box.top) / box.height, this.rows), within((event.clientX - box.left) / box.width, this.columns)];
  }
}
