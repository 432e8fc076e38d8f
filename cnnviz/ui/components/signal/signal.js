// A long signal, what a kernel makes of it, and the window at one stop: as wide as it is, its weights below.

const EDGE = { left: 52, right: 22 };
const CURVES = { top: 6, bottom: 246 };
const WEIGHTS = { top: 262, bottom: 336 };
const HEIGHT = 380;
const ROOM = 0.06; // of the range, above and below

class Lesson {
  static label = "Signal and smoothed signal";

  constructor(root) {
    this.root = root;
    const names = ["signal", "output", "weights"].map((name) => html("span", { class: name, text: name }));
    this.rules = svg("g");
    this.band = svg("rect", { class: "band", y: CURVES.top, height: WEIGHTS.bottom - CURVES.top });
    this.signal = svg("path", { class: "signal" });
    this.output = svg("path", { class: "output" });
    this.weights = svg("path", { class: "weights" });
    this.point = svg("circle", { class: "point", r: 6 });
    const parts = [this.rules, this.band, this.signal, this.output, this.weights, this.point];
    this.picture = svg("svg", { class: "curves", height: HEIGHT, role: "img", "aria-label": Lesson.label }, ...parts);
    this.reading = html("p", { class: "reading", "aria-live": "polite" });
    this.root.append(html("p", { class: "names" }, ...names), this.picture, this.reading);
    this.listen();
  }

  /** The window goes where the pointer is held; Python hears of it when the pointer lets go. */
  listen() {
    const { picture } = this;
    const follow = (event) => this.moveTo(this.place(event));
    picture.onpointerdown = (event) => {
      picture.setPointerCapture(event.pointerId);
      follow(event);
    };
    picture.onpointermove = (event) => picture.hasPointerCapture(event.pointerId) && follow(event);
    picture.onpointerup = () => this.send.setStateValue("place", this.at);
    this.observer = new ResizeObserver(() => this.measure());
    this.observer.observe(this.root);
  }

  close() {
    this.observer.disconnect();
    this.root.remove();
  }

  /** Take what Python sent. */
  update(page, send) {
    const [signal, output, weights] = [page.signal, page.output, page.weights].map(revive);
    Object.assign(this, { page, send, signalValues: signal, outputValues: output, weightValues: weights });
    applyPalette(this.root, page.themes[appearance(this.root)]);
    this.root.classList.toggle("present", page.present);
    this.at = page.place;
    this.width = 0;
    this.measure();
  }

  measure() {
    const width = this.root.clientWidth;
    if (!width || width === this.width) return;
    this.width = width;
    const { signalValues, outputValues, weightValues, page } = this;
    this.ends = [-page.padding[0] - 8, signalValues.length - 1 + page.padding[1] + 8];
    this.curves = scaleOf(range([...signalValues, ...outputValues], ROOM), CURVES);
    this.heights = scaleOf(range([0, ...weightValues], 0), WEIGHTS);
    this.picture.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    this.drawRules();
    const place = (sample, value) => `${this.x(sample).toFixed(1)} ${this.curves(value).toFixed(1)}`;
    this.signal.setAttribute("d", `M${signalValues.map((value, index) => place(index, value)).join("L")}`);
    this.output.setAttribute("d", `M${outputValues.map((value, stop) => place(this.centre(stop), value)).join("L")}`);
    this.draw();
  }

  drawRules() {
    const right = this.width - EDGE.right;
    const marks = (scale, wanted) => ticks(scale.ends, wanted).flatMap((value) => {
      const y = scale(value);
      const line = svg("line", { class: value ? "rule" : "rule zero", x1: EDGE.left, x2: right, y1: y, y2: y });
      return [line, svg("text", { x: EDGE.left - 7, y: y + 5, "text-anchor": "end", text: mark(value) })];
    });
    const samples = ticks(this.ends, this.width / 120).map((sample) => {
      return svg("text", { x: this.x(sample), y: WEIGHTS.bottom + 19, "text-anchor": "middle", text: mark(sample) });
    });
    const named = svg("text", { x: right, y: HEIGHT - 5, "text-anchor": "end", text: "sample" });
    this.rules.replaceChildren(...marks(this.curves, 7), ...marks(this.heights, 3), ...samples, named);
  }

  x(sample) {
    const [first, last] = this.ends;
    return EDGE.left + ((sample - first) / (last - first)) * (this.width - EDGE.left - EDGE.right);
  }

  /** The sample below the pointer. */
  place(event) {
    const box = this.picture.getBoundingClientRect();
    const [first, last] = this.ends;
    const part = (event.clientX - box.left - EDGE.left) / (this.width - EDGE.left - EDGE.right);
    const sample = Math.round(first + part * (last - first));
    return Math.max(0, Math.min(this.signalValues.length - 1, sample));
  }

  /** The middle of the window at a stop. */
  centre(stop) {
    return stop - this.page.padding[0] + (this.weightValues.length - 1) / 2;
  }

  moveTo(place) {
    if (place === this.at) return;
    this.at = place;
    this.draw();
  }

  /** Draw the window at its stop, the weights it carries and the output it makes. */
  draw() {
    const { weightValues, outputValues, heights } = this;
    const nearest = Math.ceil(this.at - this.centre(0) - 0.5); // of two, the first
    const stop = Math.max(0, Math.min(outputValues.length - 1, nearest));
    const first = stop - this.page.padding[0];
    const left = this.x(first - 0.5);
    this.band.setAttribute("x", left);
    this.band.setAttribute("width", this.x(first + weightValues.length - 0.5) - left);
    const step = (weight, index) => `V${heights(weight).toFixed(1)}H${this.x(first + index + 0.5).toFixed(1)}`;
    this.weights.setAttribute("d", `M${left} ${heights(0)}${weightValues.map(step).join("")}V${heights(0)}z`);
    this.point.setAttribute("cx", this.x(this.centre(stop)));
    this.point.setAttribute("cy", this.curves(outputValues[stop]));
    write(this.reading, this.sentence(stop, first));
  }

  sentence(stop, first) {
    const [count, length] = [this.weightValues.length, this.signalValues.length];
    const zeros = Math.max(0, -first) + Math.max(0, first + count - length);
    const padding = zeros ? `, ${zeros} of them zeros of padding` : "";
    const reads = count === 1 ? `sample ${first}` : `samples ${first} to ${first + count - 1}`;
    const total = this.outputValues.length.toLocaleString("en");
    return `Output ${(stop + 1).toLocaleString("en")} of ${total} reads ${reads}${padding}: ${brief(this.outputValues[stop])}.`;
  }
}

/** Write a mark of an axis. */
function mark(value) {
  return signed(String(value));
}

/** From least to most, with some room; never empty. */
function range(values, room) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const more = room * (most - least) || (most === least ? 1 : 0);
  return [least - more, most + more];
}

/** From values to heights in the picture. */
function scaleOf(ends, { top, bottom }) {
  const scale = (value) => bottom - ((value - ends[0]) / (ends[1] - ends[0])) * (bottom - top);
  return Object.assign(scale, { ends });
}
