// How counts grow with the side of the image: both axes by powers of ten, so that a power is a straight line.

const ROUND = [8, 16, 32, 64, 128, 256, 512, 1000];
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Write a power of ten. */
function power(exponent) {
  return `10${[...String(exponent)].map((digit) => RAISED[digit]).join("")}`;
}

class Chart {
  /** `look(side)` is told where the pointer is, `pick(side)` where it was pressed. */
  constructor(look, pick) {
    this.picture = svg("svg", { class: "chart", "aria-hidden": "true" });
    this.board = html("div", { class: "chart-board", role: "slider", tabindex: 0, "aria-label": "Side of the image" }, this.picture);
    this.board.onpointermove = (event) => event.pointerType !== "touch" && look(this.sideAt(event));
    this.board.onpointerleave = () => look(undefined);
    this.board.onclick = (event) => pick(this.sideAt(event));
    this.board.onkeydown = (event) => this.walk(event, look, pick);
  }

  /** Arrows go a tenth further each; the page hears of it once they rest. */
  walk(event, look, pick) {
    const factor = { ArrowRight: 1.1, ArrowUp: 1.1, ArrowLeft: 1 / 1.1, ArrowDown: 1 / 1.1 }[event.key];
    if (!factor) return;
    event.preventDefault();
    event.stopPropagation();
    const from = this.wanted ?? this.data.side;
    const [least, most] = this.ends;
    this.wanted = Math.max(least, Math.min(most, factor > 1 ? Math.ceil(from * factor) : Math.floor(from * factor)));
    look(this.wanted);
    clearTimeout(this.pending);
    this.pending = setTimeout(() => pick(this.wanted), 300);
  }

  draw(data, width, height, font) {
    const sides = data.samples.side;
    this.wanted = undefined;
    Object.assign(this, { data, width, height, font, ends: [sides[0], sides.at(-1)] });
    this.edge = { left: 3.1 * font, right: 1.3 * font, top: font, bottom: 2.9 * font };
    const counts = data.curves.flatMap(({ name }) => data.samples[name]);
    this.span = [Math.floor(Math.log10(Math.min(...counts))), Math.ceil(Math.log10(Math.max(...counts)))];
    this.picture.setAttribute("width", width);
    this.picture.setAttribute("height", height);
    this.picture.style.fontSize = `${font}px`;
    this.pole = svg("g", { class: "pole" });
    const curves = data.curves.flatMap((curve) => this.curve(curve));
    this.picture.replaceChildren(...this.axes(), ...curves, this.pole, ...data.marks.flatMap((mark) => this.mark(mark)));
    this.point(data.side);
  }

  across(side) {
    const [least, most] = this.ends.map(Math.log);
    return this.edge.left + ((Math.log(side) - least) / (most - least)) * (this.width - this.edge.left - this.edge.right);
  }

  up(count) {
    const [low, high] = this.span;
    return this.height - this.edge.bottom - ((Math.log10(count) - low) / (high - low)) * (this.height - this.edge.top - this.edge.bottom);
  }

  axes() {
    const { edge, width, height, font, span } = this;
    const step = (span[1] - span[0]) * font * 1.4 > height - edge.top - edge.bottom ? 2 : 1;
    const rows = Array.from({ length: span[1] - span[0] + 1 }, (_, at) => span[0] + at).filter((at) => at % step === 0);
    const columns = ROUND.filter((side) => side <= this.ends[1]);
    const few = width < 430 ? columns.filter((_, at) => at % 2 === 0 || at === columns.length - 1).filter((side) => side !== 512) : columns;
    return [
      ...rows.flatMap((at) => [
        svg("line", { class: "rule", x1: edge.left, x2: width - edge.right, y1: this.up(10 ** at), y2: this.up(10 ** at) }),
        svg("text", { class: "tick", x: edge.left - 6, y: this.up(10 ** at) + font * 0.35, "text-anchor": "end", text: power(at) }),
      ]),
      ...few.map((side) => svg("text", { class: "tick", x: this.across(side), y: height - 1.55 * font, "text-anchor": "middle", text: String(side) })),
      svg("text", { class: "tick", x: (edge.left + width - edge.right) / 2, y: height - 0.3 * font, "text-anchor": "middle", text: "pixels along each side" }),
    ];
  }

  curve({ name, role, dash }) {
    const values = this.data.samples[name];
    const places = this.data.samples.side.map((side, at) => `${this.across(side).toFixed(1)} ${this.up(values[at]).toFixed(1)}`);
    return [svg("path", { class: `curve ${role}`, "data-curve": name, "stroke-dasharray": dash || null, d: `M${places.join("L")}` })];
  }

  /** A number a lecture prints, on its curve; its text turns away from the edge of the picture. */
  mark({ curve, side, value, text }) {
    const { role } = this.data.curves.find(({ name }) => name === curve);
    const [x, y] = [this.across(side), this.up(value)];
    const late = x > this.width * 0.62;
    const below = curve === "cnn" || curve === "full";
    const place = { x: x + (late ? -10 : 8), y: y + (below ? 1.45 : -0.65) * this.font, "text-anchor": late ? "end" : "start" };
    return [svg("circle", { class: `mark-point ${role}`, cx: x, cy: y, r: 5.5 }), svg("text", { class: `mark-text ${role}`, ...place, text })];
  }

  /** Stand at a side, and put a point on each curve. */
  point(side) {
    const x = this.across(side);
    const values = this.data.curves.map((curve) => ({ role: curve.role, value: this.valueAt(curve.name, side) }));
    const points = values.map(({ role, value }) => svg("circle", { class: `point ${role}`, cx: x, cy: this.up(value), r: 4.5 }));
    this.pole.replaceChildren(svg("line", { x1: x, x2: x, y1: this.edge.top, y2: this.height - this.edge.bottom }), ...points);
    const [valuemin, valuemax] = this.ends;
    const told = { valuemin, valuemax, valuenow: side, valuetext: `${side} by ${side} pixels` };
    for (const [name, value] of Object.entries(told)) this.board.setAttribute(`aria-${name}`, value);
  }

  /** A count at a side: exact at the present one, else that of the nearest sample. */
  valueAt(name, side) {
    const { samples, now } = this.data;
    if (side === this.data.side) return now[name];
    return samples[name][nearest(samples.side, side)];
  }

  sideAt(event) {
    const box = this.board.getBoundingClientRect();
    const part = (event.clientX - box.left - this.edge.left) / (this.width - this.edge.left - this.edge.right);
    const [least, most] = this.ends;
    const side = least * (most / least) ** Math.max(0, Math.min(1, part));
    const round = ROUND.find((each) => Math.abs(this.across(each) - this.across(side)) < 4);
    return round ?? Math.round(side);
  }

  light(name) {
    for (const curve of this.picture.querySelectorAll(".curve")) curve.classList.toggle("faint", Boolean(name) && curve.dataset.curve !== name);
  }
}

/** The index of the number nearest to a value, by their ratio. */
function nearest(numbers, value) {
  const far = numbers.map((number) => Math.abs(Math.log(number / value)));
  return far.indexOf(Math.min(...far));
}
