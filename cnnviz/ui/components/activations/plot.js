// Curves over x in one picture: axes, where they saturate, and a point on each that moves with x.

const EDGE = { left: 46, right: 12, top: 10, bottom: 26 };
const DASHES = ["", "10 5", "3 4", "14 4 3 4", "7 7", "20 5"]; // one for each colour, so that lines on top of each other show both
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Write a number with four decimals at most; tiny and huge ones by powers of ten. */
function four(value) {
  const special = unusual(value);
  if (special) return special;
  if (value !== 0 && !(Math.abs(value) >= 5e-5 && Math.abs(value) < 1e6)) {
    const [digits, power] = value.toExponential(2).split("e");
    const raised = [...String(Number(power))].map((sign) => (sign === "-" ? "⁻" : RAISED[sign])).join("");
    return signed(`${Number(digits)}`) + `·10${raised}`;
  }
  return signed(String(Number(value.toFixed(4))));
}

class Plot {
  /** `which` names the numbers of a curve that are drawn: "f" or "slope". */
  constructor(which, title) {
    this.which = which;
    this.clip = `inside-${which}`;
    this.field = svg("rect");
    this.backdrop = svg("g");
    this.paths = svg("g", { "clip-path": `url(#${this.clip})` });
    this.pole = svg("line", { class: "pole" });
    this.points = svg("g");
    const clipping = svg("defs", {}, svg("clipPath", { id: this.clip }, this.field));
    this.picture = svg("svg", { class: "plot-picture", "aria-hidden": "true" }, clipping, this.backdrop, this.pole, this.paths, this.points);
    this.board = html("div", { class: "plot-board", role: "slider", tabindex: 0, "aria-label": `x, shown with ${title}` }, this.picture);
    this.element = html("figure", { class: `plot ${which}` }, html("figcaption", { text: title }), this.board);
  }

  /** Draw everything but the points: `colours` holds one colour a curve. */
  draw({ x, curves, ends }, colours, width, height, font) {
    Object.assign(this, { x, curves, colours, width, height, ends: ends[this.which], span: [x[0], x.at(-1)] });
    this.picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.picture.style.height = `${height}px`;
    this.picture.style.fontSize = `${font}px`;
    const [left, top] = [EDGE.left, EDGE.top];
    Object.entries({ x: left, y: top, width: this.right - left, height: this.bottom - top }).forEach(([name, value]) => this.field.setAttribute(name, value));
    this.backdrop.replaceChildren(...this.bands(), ...this.axes(font));
    this.paths.replaceChildren(...curves.flatMap((curve, at) => this.lines(curve, at)));
    this.points.replaceChildren(...curves.map((_, at) => svg("circle", { class: "point", r: 6, fill: colours[at] })));
  }

  get right() {
    return this.width - EDGE.right;
  }

  get bottom() {
    return this.height - EDGE.bottom;
  }

  across(x) {
    return EDGE.left + ((x - this.span[0]) / (this.span[1] - this.span[0])) * (this.right - EDGE.left);
  }

  up(y) {
    return this.bottom - ((y - this.ends[0]) / (this.ends[1] - this.ends[0])) * (this.bottom - EDGE.top);
  }

  axes(font) {
    const columns = ticks(this.span, (this.right - EDGE.left) / 62);
    const rows = ticks(this.ends, (this.bottom - EDGE.top) / 40);
    return [
      ...rows.flatMap((y) => [
        svg("line", { class: y === 0 ? "axis" : "rule", x1: EDGE.left, x2: this.right, y1: this.up(y), y2: this.up(y) }),
        svg("text", { x: EDGE.left - 7, y: this.up(y) + font * 0.35, "text-anchor": "end", text: four(y) }),
      ]),
      ...columns.flatMap((x) => [
        svg("line", { class: x === 0 ? "axis" : "rule", x1: this.across(x), x2: this.across(x), y1: EDGE.top, y2: this.bottom }),
        svg("text", { x: this.across(x), y: this.height - 7, "text-anchor": "middle", text: four(x) }),
      ]),
    ];
  }

  /** Shade where a single curve saturates. */
  bands() {
    if (this.curves.length > 1) return [];
    const [low, high] = this.curves[0].saturated;
    const from = Number.isFinite(low) ? [[this.span[0], Math.min(low, this.span[1])]] : [];
    const to = Number.isFinite(high) ? [[Math.max(high, this.span[0]), this.span[1]]] : [];
    return [...from, ...to].filter(([start, end]) => end > start).flatMap(([start, end]) => {
      const [x, width] = [this.across(start), this.across(end) - this.across(start)];
      const box = svg("rect", { class: "band", x, y: EDGE.top, width, height: this.bottom - EDGE.top });
      const label = svg("text", { class: "band-label", x: x + width / 2, y: EDGE.top + 16, "text-anchor": "middle", text: "saturated" });
      return width > 76 ? [box, label] : [box];
    });
  }

  /** The path of one curve, the halo where it saturates, its jumps; for maxout also its two lines. */
  lines(curve, at) {
    const values = curve[this.which];
    const look = { stroke: this.colours[at], "stroke-dasharray": DASHES[at] };
    const [low, high] = curve.saturated;
    const flat = [(x) => low !== null && x <= low, (x) => high !== null && x >= high];
    const halos = flat.map((inside) => svg("path", { class: "halo", stroke: look.stroke, d: this.polyline(values, inside) }));
    const pieces = this.which === "f" ? curve.lines.map((line) => svg("path", { class: "piece", stroke: look.stroke, d: this.polyline(line) })) : [];
    const path = svg("path", { class: "curve", ...look, d: this.which === "f" ? this.polyline(values) : this.broken(curve) });
    const ends = this.which === "f" ? [] : curve.jumps.map(({ x, there }) => svg("circle", { class: "end", cx: this.across(x), cy: this.up(there), r: 3.5, fill: look.stroke }));
    return [...halos, ...pieces, path, ...ends];
  }

  polyline(values, inside = () => true) {
    const places = values.map((value, at) => [this.x[at], value]).filter(([x, value]) => inside(x) && Number.isFinite(value));
    return places.map(([x, value], at) => `${at ? "L" : "M"}${this.across(x).toFixed(2)} ${this.held(value).toFixed(2)}`).join("");
  }

  /** The slope, with a gap wherever it jumps. */
  broken({ slope, jumps }) {
    const waiting = [...jumps].sort((a, b) => a.x - b.x);
    const place = (x, value) => `${this.across(x).toFixed(2)} ${this.held(value).toFixed(2)}`;
    let path = "";
    this.x.forEach((x, at) => {
      while (waiting.length && waiting[0].x <= x) {
        const jump = waiting.shift();
        path += `L${place(jump.x, jump.before)}M${place(jump.x, jump.after)}`;
        if (jump.x === x) return;
      }
      path += `${path ? "L" : "M"}${place(x, slope[at])}`;
    });
    return path.replace(/^L/, "M");
  }

  /** The height of a value, not far outside the picture. */
  held(value) {
    return Math.max(-this.height, Math.min(2 * this.height, this.up(value)));
  }

  /** Put the points to x; they wait at the edge where a value is outside the picture. */
  point(x, values) {
    const across = Math.max(EDGE.left, Math.min(this.right, this.across(x)));
    Object.entries({ x1: across, x2: across, y1: EDGE.top, y2: this.bottom }).forEach(([name, value]) => this.pole.setAttribute(name, value));
    [...this.points.children].forEach((circle, at) => {
      circle.setAttribute("cx", across);
      circle.setAttribute("cy", Math.max(EDGE.top, Math.min(this.bottom, this.up(values[at]))));
    });
    const told = this.curves.map((curve, at) => `${curve.name} ${four(values[at])}`).join(", ");
    for (const [name, value] of Object.entries({ valuemin: this.span[0], valuemax: this.span[1], valuenow: x, valuetext: `x ${four(x)}: ${told}` })) {
      this.board.setAttribute(`aria-${name}`, value);
    }
  }

  /** Find the sample nearest to the pointer. */
  locate(event) {
    const box = this.board.getBoundingClientRect();
    const part = ((event.clientX - box.left) * (this.width / box.width) - EDGE.left) / (this.right - EDGE.left);
    return Math.max(0, Math.min(this.x.length - 1, Math.round(part * (this.x.length - 1))));
  }
}
