// A sheet of paper to draw on, with mouse, pen or finger. Strokes are kept as points, so that they can be undone.

const LIVE = 250; // milliseconds between two looks at a digit that is being drawn
const WAIT_FOR_ANSWER = 1500; // after which an answer is no longer waited for
const UNDO = "M12.5 8c-2.65 0-5.05 1-6.9 2.6L2 7v9h9l-3.62-3.62A8 8 0 0 1 20.1 16l2.37-.78A10.5 10.5 0 0 0 12.5 8z";
const CLEAR = "M6 19a2 2 0 0 0 2 2h8a2 2 0 0 0 2-2V7H6zM19 4h-3.5l-1-1h-5l-1 1H5v2h14z";

class Pad {
  constructor(root) {
    this.root = root;
    this.sheet = { base: null, strokes: [] };
    this.before = [];
    this.sent = { serial: 0, at: -Infinity };
    this.build();
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(this.canvas);
  }

  build() {
    this.canvas = html("canvas", { class: "paper", role: "img", "aria-label": "Paper to draw a digit on" });
    this.hint = html("p", { class: "hint", text: "Draw a digit here" });
    this.undo = this.button("Undo", UNDO, "Takes back the last stroke (Ctrl Z).", () => this.goBack());
    this.clear = this.button("Clear", CLEAR, "Takes a new sheet; undo brings the old one back.", () => this.change({ base: null, strokes: [] }));
    this.brush = html("input", { type: "range", step: 1, "aria-label": "Brush" });
    const brush = html("label", { class: "brush", title: "Width of the next strokes, in pixels of the sheet." }, html("span", { text: "Brush" }), this.brush);
    this.root.append(html("div", { class: "desk" }, this.canvas, this.hint), html("div", { class: "pad-tools" }, this.undo, this.clear, brush, this.help()));
    this.canvas.onpointerdown = (event) => this.press(event);
    this.canvas.onpointermove = (event) => this.draw(event);
    this.canvas.onpointerup = (event) => this.lift(event);
    this.canvas.onpointercancel = (event) => this.lift(event);
    this.root.onkeydown = (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === "z") this.goBack();
    };
  }

  /** The keys, and what they do. */
  help() {
    const shown = KEYS.filter(({ action }) => ["present", "keys"].includes(action));
    this.keys = keyHelp([{ label: "Ctrl Z", meaning: "take back the last stroke" }, ...shown]);
    return this.keys;
  }

  get acts() {
    return { keys: () => this.toggleKeys() };
  }

  toggleKeys() {
    this.keys.open = !this.keys.open;
  }

  button(label, path, title, act) {
    const button = html("button", { type: "button", title }, icon(path), html("span", { text: label }));
    button.onclick = act;
    return button;
  }

  update(data, { setStateValue }) {
    this.send = setStateValue;
    this.answered = data.answered;
    if (data.turn !== this.turn) {
      if (!this.side) [this.brush.min, this.brush.max, this.brush.value] = [...data.writing.widths, 9];
      Object.assign(this, { side: data.side, turn: data.turn, writing: data.writing });
      this.before = [];
      this.stroke = null;
      this.dirty = data.unread; // strokes of a link: the page waits for their pixels
      this.sheet = { base: data.base ? this.still(bytes(data.base)) : null, strokes: readStrokes(data.strokes, data.writing) };
    }
    this.show();
    this.tell();
  }

  /** Turn pixels into a picture that can lie under strokes. */
  still(pixels) {
    const canvas = document.createElement("canvas");
    paint(canvas, pixels, [this.side, this.side], colours("grey"));
    return canvas;
  }

  place(event) {
    const box = this.canvas.getBoundingClientRect();
    const { outside, places } = this.writing;
    const [least, most] = [-outside / 2, (places - 1 - outside) / 2];
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height].map((share) => half(Math.max(least, Math.min(most, share * this.side))));
  }

  press(event) {
    if (event.button !== 0 || this.stroke) return;
    event.preventDefault();
    this.root.focus({ preventScroll: true });
    this.canvas.setPointerCapture(event.pointerId);
    this.pointer = event.pointerId;
    this.stroke = { width: Number(this.brush.value), points: [this.place(event)] };
    this.before.push(this.sheet);
    this.sheet = { base: this.sheet.base, strokes: [...this.sheet.strokes, this.stroke] };
    this.drawn();
  }

  draw(event) {
    if (!this.stroke || event.pointerId !== this.pointer) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length ? events : [event]) addPoint(this.stroke.points, this.place(each));
    this.drawn();
  }

  lift(event) {
    if (!this.stroke || event.pointerId !== this.pointer) return;
    this.stroke = null;
    this.drawn();
  }

  change(sheet) {
    if (this.stroke || this.blank(this.sheet)) return;
    this.before.push(this.sheet);
    this.sheet = sheet;
    this.drawn();
  }

  goBack() {
    if (this.stroke || !this.before.length) return;
    this.sheet = this.before.pop();
    this.drawn();
  }

  blank(sheet) {
    return !sheet.base && !sheet.strokes.length;
  }

  /** Show what changed, and let the page hear of it: now if the pen is up, else now and then. */
  drawn() {
    this.dirty = true;
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.show());
    this.tell();
  }

  tell() {
    clearTimeout(this.timer);
    if (!this.dirty) return;
    const since = performance.now() - this.sent.at;
    const waiting = this.sent.serial > this.answered;
    const wait = this.stroke ? (waiting ? WAIT_FOR_ANSWER : LIVE) - since : 0;
    if (wait > 0) this.timer = setTimeout(() => this.tell(), wait);
    else this.hand();
  }

  hand() {
    this.dirty = false;
    this.sent = { serial: Math.max(this.sent.serial, this.answered) + 1, at: performance.now() };
    const strokes = this.sheet.base ? "" : writeStrokes(this.sheet.strokes, this.writing);
    this.send("drawn", { turn: this.turn, serial: this.sent.serial, drawing: Boolean(this.stroke), pixels: this.pixels(), strokes });
  }

  /** The sheet as bytes, white paper and black ink; nothing if it is empty. */
  pixels() {
    if (this.blank(this.sheet)) return "";
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = this.side;
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    this.ink(pen, 1);
    return packed(pen.getImageData(0, 0, this.side, this.side).data.filter((_, at) => at % 4 === 0));
  }

  fit() {
    const side = Math.round(this.canvas.clientWidth * (window.devicePixelRatio || 1));
    if (!side || (side === this.canvas.width && side === this.canvas.height)) return;
    this.canvas.width = this.canvas.height = side;
    this.show();
  }

  show() {
    if (!this.side) return;
    this.ink(this.canvas.getContext("2d"), this.canvas.width / this.side);
    this.hint.hidden = !this.blank(this.sheet);
    this.undo.disabled = !this.before.length;
    this.clear.disabled = this.blank(this.sheet);
  }

  ink(pen, scale) {
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, this.side, this.side);
    if (this.sheet.base) pen.drawImage(this.sheet.base, 0, 0, this.side, this.side);
    pen.strokeStyle = "#000";
    pen.lineCap = pen.lineJoin = "round";
    for (const stroke of this.sheet.strokes) {
      pen.lineWidth = stroke.width;
      trace(pen, stroke.points);
    }
  }

  close() {
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
    this.observer.disconnect();
  }
}

/** Draw a line that bends at its points: each piece runs from middle to middle of two neighbours. */
function trace(pen, points) {
  const [first, last] = [points[0], points.at(-1)];
  pen.beginPath();
  pen.moveTo(...first);
  for (let at = 1; at < points.length - 1; at += 1) {
    const [[x, y], [nextX, nextY]] = [points[at], points[at + 1]];
    pen.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
  }
  pen.lineTo(...last);
  pen.stroke();
}
