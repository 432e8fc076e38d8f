// Lines between the maps: what feeds what. All of them faintly, those of one map strongly.

const MOST_WIRES = 420;

class Wires {
  constructor() {
    this.all = svg("path", { class: "all" });
    this.own = svg("path", { class: "own" });
    this.element = svg("svg", { class: "wires", "aria-hidden": "true" }, this.all, this.own);
  }

  /** Draw lines between the columns that stand in `field`; `reads(at, number)` names what feeds a map. */
  draw(field, columns, reads) {
    const origin = field.getBoundingClientRect();
    this.boxes = columns.map(({ nodes }) => nodes.map((node) => node.getBoundingClientRect()));
    this.origin = origin;
    const lines = [];
    columns.forEach(({ nodes }, at) => {
      if (at) nodes.forEach((_, number) => reads(at, number).forEach((from) => lines.push([at, from, number])));
    });
    this.lines = lines;
    const few = lines.filter(([at]) => columns[at].kind !== "shares");
    this.all.setAttribute("d", few.length <= MOST_WIRES ? this.path(few) : "");
    this.element.setAttribute("viewBox", `0 0 ${origin.width} ${origin.height}`);
  }

  path(lines) {
    return lines.map(([at, from, to]) => this.line(this.boxes[at - 1][from], this.boxes[at][to])).join("");
  }

  line(from, to) {
    if (!from || !to) return "";
    const { left, top } = this.origin;
    const [x, y] = [from.right - left, (from.top + from.bottom) / 2 - top];
    const [end, high] = [to.left - left, (to.top + to.bottom) / 2 - top];
    const bend = (x + end) / 2;
    return `M${x} ${y}C${bend} ${y} ${bend} ${high} ${end} ${high}`;
  }

  /** Draw the lines into and out of one map strongly. */
  light(at, number) {
    if (!this.lines) return;
    const own = this.lines.filter(([to, from, into]) => (to === at && into === number) || (to === at + 1 && from === number));
    this.own.setAttribute("d", at === undefined ? "" : this.path(own));
  }
}
