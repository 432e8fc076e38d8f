// Before and after under one divider, and the pixel that is looked at.

const MOVED = 4; // pixels a pointer may slip and still be a click
const NUDGE = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

class Wipe {
  constructor(root) {
    this.root = root;
    this.split = 0.5;
    this.at = null;
    this.build();
    this.observer = new ResizeObserver(() => this.sharpen());
    this.observer.observe(this.frame);
  }

  build() {
    this.before = html("img", { alt: "", draggable: "false", class: "before" });
    this.after = html("img", { alt: "", draggable: "false", class: "after" });
    this.names = [html("span", { class: "name left" }), html("span", { class: "name right" })];
    this.handle = html("div", {
      class: "handle", role: "slider", tabindex: 0, "aria-label": "Wipe between before and after",
      "aria-valuemin": 0, "aria-valuemax": 100,
    }, icon("M9 6l-6 6 6 6M15 6l6 6-6 6"));
    this.marker = html("div", { class: "marker", role: "button", tabindex: 0 });
    this.frame = html("div", { class: "photo-frame" }, this.after, this.before, ...this.names, this.handle, this.marker);
    this.ends = [html("span"), html("span")];
    this.bar = html("i");
    this.caption = html("span");
    const legend = html("span", { class: "legend" }, this.ends[0], this.bar, this.ends[1]);
    const below = html("p", { class: "caption" }, legend, this.caption);
    this.spoken = html("p", { class: "unseen", "aria-live": "polite" });
    this.root.append(this.frame, below, this.spoken);
    this.frame.onpointerdown = (event) => this.press(event);
    this.frame.onpointermove = (event) => this.drag(event);
    this.frame.onpointerup = (event) => this.release(event);
    this.frame.onpointercancel = () => { this.pressed = null; };
    this.handle.onkeydown = (event) => this.wipeByKey(event);
    this.marker.onkeydown = (event) => this.probeByKey(event);
  }

  update(data, { setStateValue }) {
    this.data = data;
    this.send = setStateValue;
    if (!this.at || data.turn !== this.turn) this.at = data.at;
    this.turn = data.turn;
    for (const [image, url] of [[this.before, data.before], [this.after, data.after]]) {
      if (image.src !== url) image.src = url;
    }
    this.before.alt = `The picture before: ${data.picture}`;
    this.after.alt = `The picture after: ${data.names[1]}`;
    this.names.forEach((name, side) => write(name, data.names[side]));
    this.frame.style.setProperty("--ratio", data.source[1] / data.source[0]);
    write(this.caption, data.caption);
    this.bar.dataset.kind = data.legend.kind;
    data.legend.ends.forEach((end, side) => write(this.ends[side], brief(end)));
    this.showSplit();
    this.showProbe();
    this.sharpen();
  }

  /** Show pixels as squares where the screen has several for each of them. */
  sharpen() {
    if (!this.data) return;
    const width = this.frame.clientWidth * (window.devicePixelRatio || 1);
    const squares = (columns) => (width / columns >= 2.5 ? "pixelated" : "auto");
    this.before.style.imageRendering = squares(this.data.source[1]);
    this.after.style.imageRendering = squares(this.data.size[1]);
    const [rows, columns] = this.data.size;
    this.marker.style.setProperty("--pixel", `${Math.max(14, this.frame.clientWidth / columns, this.frame.clientHeight / rows)}px`);
  }

  showSplit() {
    this.frame.style.setProperty("--split", `${100 * this.split}%`);
    this.handle.setAttribute("aria-valuenow", Math.round(100 * this.split));
    this.handle.setAttribute("aria-valuetext", `${Math.round(100 * this.split)} percent of the width show the picture before`);
  }

  pixel() {
    return this.at.map((part, axis) => Math.min(this.data.size[axis] - 1, Math.floor(part * this.data.size[axis])));
  }

  showProbe() {
    const [row, column] = this.pixel();
    const [rows, columns] = this.data.size;
    this.marker.style.top = `${(100 * (row + 0.5)) / rows}%`;
    this.marker.style.left = `${(100 * (column + 0.5)) / columns}%`;
    this.marker.setAttribute("aria-label", `Pixel at row ${row + 1}, column ${column + 1} of the result; arrow keys move it`);
  }

  place(event) {
    const box = this.frame.getBoundingClientRect();
    const part = (value) => Math.max(0, Math.min(0.999999, value));
    return [part((event.clientY - box.top) / box.height), part((event.clientX - box.left) / box.width)];
  }

  press(event) {
    if (event.button !== 0) return;
    this.pressed = { x: event.clientX, y: event.clientY, wiping: event.target.closest(".handle") !== null };
    this.frame.setPointerCapture(event.pointerId);
    if (event.pointerType === "mouse" && !this.pressed.wiping) event.preventDefault();
  }

  drag(event) {
    if (!this.pressed) return;
    if (!this.pressed.wiping) this.pressed.wiping = Math.abs(event.clientX - this.pressed.x) > MOVED;
    if (!this.pressed.wiping) return;
    this.split = this.place(event)[1];
    this.showSplit();
  }

  release(event) {
    const { wiping, y } = this.pressed ?? { wiping: true };
    this.pressed = null;
    if (wiping || Math.abs(event.clientY - y) > MOVED) return;
    this.marker.focus({ preventScroll: true });
    this.probe(this.place(event), 0);
  }

  wipeByKey(event) {
    const step = event.shiftKey ? 0.1 : 0.02;
    const to = { ArrowLeft: this.split - step, ArrowRight: this.split + step, Home: 0, End: 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.split = Math.max(0, Math.min(1, to));
    this.showSplit();
  }

  probeByKey(event) {
    const move = NUDGE[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const far = event.shiftKey ? 10 : 1;
    const next = this.pixel().map((cell, axis) => Math.max(0, Math.min(this.data.size[axis] - 1, cell + far * move[axis])));
    this.probe(next.map((cell, axis) => (cell + 0.5) / this.data.size[axis]), 90);
  }

  /** Look at another pixel; the page hears of it once the keys rest. */
  probe(at, wait) {
    this.at = at;
    this.showProbe();
    const [row, column] = this.pixel();
    write(this.spoken, `Row ${row + 1}, column ${column + 1}`);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send("at", { turn: this.turn, place: this.at }), wait);
  }

  close() {
    clearTimeout(this.timer);
    this.observer.disconnect();
    this.root.remove();
  }
}
