// One pixel of the result: in every cell the source value above its weight, and below what they add up to.

const ROOM = { number: 28, together: 38, largest: 64 }; // pixels of a cell: least with numbers, least for all planes, most
const FONT = { least: 9, wanted: 11, most: 18, width: 0.58 }; // pixels, and the width of a digit in em
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
    this.grounds = data.themes[appearance(this.root)];
    applyPalette(this.root, this.grounds);
    this.plane = Math.min(this.plane, data.planes.length - 1);
    this.fit(true);
  }

  /** Choose how large cells are and how many planes stand side by side. */
  fit(anew = false) {
    if (!this.data || !this.root.clientWidth) return;
    const columns = this.data.columns.length;
    const room = (planes) => Math.floor((this.root.clientWidth - 18 * (planes - 1)) / planes / columns);
    const all = this.data.planes.length;
    const together = all === 1 || room(all) >= ROOM.together;
    const cell = Math.min(ROOM.largest, together ? room(all) : room(1));
    const plan = `${together} ${cell}`;
    if (!anew && plan === this.plan) return;
    this.plan = plan;
    this.cell = Math.max(cell, 6);
    this.shown = together ? this.data.planes.map((_, at) => at) : [this.plane];
    this.draw(together);
  }

  draw(together) {
    const { row, column } = this.data;
    this.head.replaceChildren(
      html("span", { text: `Row ${row}, column ${column} of the result` }),
      html("span", { class: "place", text: this.data.place }),
    );
    this.tabs.hidden = together;
    this.tabs.replaceChildren(...this.data.planes.map((plane, at) => {
      const tab = html("button", { type: "button", "aria-pressed": String(at === this.plane), text: plane.name });
      tab.onclick = () => { this.plane = at; this.fit(true); };
      return tab;
    }));
    this.grids.replaceChildren(...this.shown.map((at) => this.grid(this.data.planes[at])));
    write(this.hint, this.cell < ROOM.number ? "Hover a cell for its numbers." : "Source value above, its weight below.");
    this.sums.replaceChildren(...this.shown.map((at) => this.sum(this.data.planes[at])), ...this.total());
  }

  grid(plane) {
    const columns = plane.values[0].length;
    const board = html("div", { class: "cells", style: `--columns: ${columns}; --cell: ${this.cell}px` });
    const numbers = this.cell >= ROOM.number;
    const signs = new Scale(Math.max(...this.data.weights.flat().map(Math.abs)), this.data.themes, appearance(this.root));
    plane.values.forEach((line, i) => line.forEach((value, j) => {
      board.append(this.cellOf(value, this.data.weights[i][j], this.outside(i, j), numbers, signs));
    }));
    return html("figure", {}, html("figcaption", { text: plane.name }), board);
  }

  outside(i, j) {
    const off = (at, length) => at < 0 || at >= length;
    return off(this.data.rows[i], this.data.source[0]) || off(this.data.columns[j], this.data.source[1]);
  }

  cellOf(value, weight, outside, numbers, signs) {
    const light = Math.max(0, Math.min(255, Math.round(value)));
    const product = `${brief(value)} × ${signed(String(Number(weight.toPrecision(6))))} = ${exact(Number((value * weight).toPrecision(7)))}`;
    const cell = html("div", { class: outside ? "pixel outside" : "pixel", title: outside ? `${product} (outside the picture)` : product });
    cell.append(
      this.half("value", value, `rgb(${light} ${light} ${light})`, light > 118 ? "#000" : "#fff", numbers),
      this.half("weight", weight, signs.fill(weight), signs.ink(weight), numbers),
    );
    cell.onpointerenter = () => write(this.hint, product);
    cell.onpointerleave = () => write(this.hint, "Source value above, its weight below.");
    return cell;
  }

  /** One number of a cell, set as large as it fits. */
  half(name, value, fill, ink, written) {
    const text = written ? this.short(value) : "";
    const size = Math.min(FONT.most, this.cell * 0.36, (this.cell - 4) / (text.length * FONT.width || 1));
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
