// One pixel of the result: in every cell the source value above its weight, and below what they add up to.

const ROOM = { number: 28, together: 38, largest: 64 }; // pixels of a cell: least with numbers, least for all planes, most
const FONT = { least: 9, wanted: 11, most: 18, width: 0.58 }; // pixels, and the width of a digit in em
const GAP = 18; // pixels between grids
const TERMS = 9; // products written out

class Probe {
  constructor(root) {
    this.root = root;
    this.plane = 0;
    this.head = html("p", { class: "probe-head" });
    this.tabs = html("div", { class: "tabs", role: "group", "aria-label": "Channel" });
    this.grids = html("div", { class: "probe-grids" });
    this.hint = html("p", { class: "hint-line" });
    this.sums = html("div", { class: "probe-sums" });
    this.root.append(this.head, this.tabs, this.grids, this.hint, this.sums);
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(root);
  }

  update(data) {
    this.data = data;
    this.plane = Math.min(this.plane, data.planes.length - 1);
    this.fit(true);
  }

  /** Choose how large cells are, whether they hold numbers, and how many planes stand side by side. */
  fit(anew = false) {
    if (!this.data || !this.root.clientWidth) return;
    const columns = this.data.columns.length;
    const room = (grids) => Math.floor((this.root.clientWidth - GAP * (grids - 1) - 4 * grids) / grids / columns);
    const all = this.data.planes.length;
    const together = all === 1 || room(all) >= ROOM.together;
    const numbers = room(together ? all : 1) >= ROOM.number;
    const cell = Math.max(2, Math.min(ROOM.largest, room(!numbers ? 2 : together ? all : 1)));
    const plan = `${together} ${numbers} ${cell}`;
    if (!anew && plan === this.plan) return;
    Object.assign(this, { plan, cell, numbers });
    this.shown = together ? this.data.planes.map((_, at) => at) : [this.plane];
    this.draw(together);
  }

  draw(together) {
    const { row, column } = this.data;
    this.signs = new Scale(Math.max(...this.data.weights.flat().map(Math.abs)), this.data.themes, appearance(this.root));
    this.head.replaceChildren(
      html("span", { text: `Row ${row + 1}, column ${column + 1} of the result` }),
      html("span", { class: "place", text: this.data.place }),
    );
    this.tabs.hidden = together;
    this.tabs.replaceChildren(...this.data.planes.map((plane, at) => {
      const tab = html("button", { type: "button", "aria-pressed": String(at === this.plane), text: plane.name });
      tab.onclick = () => { this.plane = at; this.fit(true); };
      return tab;
    }));
    const planes = this.shown.map((at) => this.data.planes[at]);
    const grids = this.numbers
      ? planes.map((plane) => this.grid(plane.name, plane, ["value", "weight"]))
      : planes.flatMap((plane) => [this.grid(plane.name, plane, ["value"]), this.grid("Weights", plane, ["weight"])]);
    this.grids.replaceChildren(...grids);
    const touched = withFingers();
    const found = this.numbers ? "Source value above, its weight below." : `${touched ? "Tap" : "Point at"} a cell for its numbers.`;
    this.rest = `${found} ${touched ? "Tap the picture for another pixel." : "Click the picture for another pixel; arrow keys move it."}`;
    write(this.hint, this.rest);
    this.sums.replaceChildren(...planes.map((plane) => this.sum(plane)), ...this.total());
  }

  /** Draw one board: in every cell the source value, the weight, or one above the other. */
  grid(name, plane, halves) {
    const board = html("div", { class: "cells", style: `--columns: ${this.data.columns.length}; --cell: ${this.cell}px` });
    plane.values.forEach((line, i) => line.forEach((value, j) => {
      board.append(this.cellOf(value, this.data.weights[i][j], this.outside(i, j), halves));
    }));
    return html("figure", { class: halves.length > 1 ? "both" : halves[0] }, html("figcaption", { text: name }), board);
  }

  outside(i, j) {
    const off = (at, length) => at < 0 || at >= length;
    return off(this.data.rows[i], this.data.source[0]) || off(this.data.columns[j], this.data.source[1]);
  }

  cellOf(value, weight, outside, halves) {
    const light = Math.max(0, Math.min(255, Math.round(value)));
    const product = `${brief(value)} × ${signed(String(Number(weight.toPrecision(6))))} = ${exact(Number((value * weight).toPrecision(7)))}`;
    const says = outside ? `${product} (outside the picture)` : product;
    const cell = html("div", { class: outside ? "pixel outside" : "pixel", title: says });
    const parts = {
      value: () => this.half("value", value, `rgb(${light} ${light} ${light})`, light > 118 ? "#000" : "#fff"),
      weight: () => this.half("weight", weight, this.signs.fill(weight), this.signs.ink(weight)),
    };
    cell.append(...halves.map((half) => parts[half]()));
    cell.onpointerenter = () => write(this.hint, says);
    cell.onpointerleave = () => write(this.hint, this.rest);
    return cell;
  }

  /** One number of a cell, set as large as it fits. */
  half(name, value, fill, ink) {
    const text = this.numbers ? this.short(value) : "";
    const size = Math.min(FONT.most, Math.max(FONT.wanted, this.cell * 0.36), (this.cell - 2) / (text.length * FONT.width || 1));
    return html("span", { class: name, style: `background: ${fill}; color: ${ink}; font-size: ${Math.max(FONT.least, size)}px`, text });
  }

  /** Write a number in as many characters as a cell has room for. */
  short(value) {
    const room = (this.cell - 4) / (FONT.wanted * FONT.width);
    const texts = [brief(value), signed(String(Number(value.toPrecision(2)))), signed(value.toExponential(0))];
    return texts.find((text) => text.length <= room) ?? texts.at(-1);
  }

  /** The line below a plane: its products, or how many there are, and their sum. */
  sum(plane) {
    const terms = plane.values.flatMap((line, i) => line.map((value, j) => [value, this.data.weights[i][j]]));
    const line = html("p", { class: "sum-line" }, html("strong", { text: `${plane.name}: ` }));
    if (terms.length <= TERMS && this.shown.length === 1) {
      terms.forEach(([value, weight], at) => line.append(
        at ? " + " : "", html("b", { class: "input", text: brief(value) }), "×", html("b", { class: "kernel", text: this.bracketed(weight) }),
      ));
    } else line.append(`${terms.length} products`);
    if (this.data.bias && !this.data.joint) line.append(" + ", html("b", { class: "bias", text: this.bracketed(this.data.bias) }));
    line.append(" = ", html("b", { class: "output", "data-value": plane.value, title: exact(plane.value), text: brief(plane.value) }));
    return line;
  }

  bracketed(value) {
    return value < 0 ? `(${brief(value)})` : brief(value);
  }

  /** What the planes add up to, if they make one map; and what eight bits keep. */
  total() {
    const lines = [];
    if (this.data.joint) {
      const line = html("p", { class: "sum-line" }, html("strong", { text: "Map: " }));
      this.data.planes.forEach((plane, at) => line.append(at ? " + " : "", this.bracketed(plane.value)));
      if (this.data.bias) line.append(" + ", html("b", { class: "bias", text: this.bracketed(this.data.bias) }));
      line.append(" = ", html("b", { class: "output", "data-value": this.data.value, title: exact(this.data.value), text: brief(this.data.value) }));
      lines.push(line);
    }
    lines.push(html("p", { class: "sum-line saved", text: this.data.saved }));
    return lines;
  }

  close() {
    this.observer.disconnect();
    this.root.remove();
  }
}
