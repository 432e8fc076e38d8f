// The lesson of one axis: formula, picture and one line that says what is looked at.

class Axis {
  constructor(root) {
    this.root = root;
    this.formula = new Formula((at) => this.look(at));
    this.picture = new Picture();
    this.frame = html("div", { class: "picture-frame" }, this.picture.element);
    this.says = html("p", { class: "told", "aria-live": "polite" });
    this.caption = html("p", { class: "caption" });
    root.append(this.formula.element, this.caption, this.frame, this.says);
    this.ears = new AbortController();
    const go = (step) => () => this.step(step);
    const acts = { forward: go(1), back: go(-1), first: go(-Infinity), last: go(Infinity), release: () => this.release(), present: () => this.send.setTriggerValue("present", otherView(root)) };
    listenToKeys(root, KEYS, acts, this.ears.signal);
    this.watch();
    this.resized = new ResizeObserver(() => this.redraw());
    this.resized.observe(this.frame);
  }

  watch() {
    const { frame } = this;
    frame.onpointermove = (event) => event.pointerType !== "touch" && this.look(this.picture.locate(event));
    frame.onpointerleave = (event) => event.pointerType !== "touch" && this.look(undefined);
    frame.onclick = (event) => {
      this.touched = event.pointerType === "touch";
      this.keep(this.picture.locate(event));
    };
  }

  update(data, send) {
    Object.assign(this, { data, send });
    this.places = new Places(data);
    showView(this.root, data.present);
    this.kept = this.held = undefined;
    this.formula.update(data.formula, !data.divides);
    this.caption.replaceChildren(...this.counts());
    this.width = undefined;
    this.redraw();
  }

  redraw() {
    const width = this.frame.clientWidth;
    if (!width || width === this.width) return;
    this.width = width;
    this.picture.draw(this.places, width, this.data.present);
    this.show();
  }

  /** Count cells, and windows, in the colours of their roles. */
  counts() {
    const { places } = this;
    const count = (name, ...text) => html("span", { class: name }, ...text);
    const size = html("b", { "data-shows": "size", text: String(places.starts.length) });
    const missed = places.padded - places.reached;
    const padding = places.before || places.after ? ` + ${places.before} + ${places.after} of padding` : "";
    const parts = [count("input", `Input ${places.length}${padding}`), count("output", "Output ", size)];
    return missed ? [...parts, count("over", `Left over ${missed}`)] : parts;
  }

  /** Walk to another window. */
  step(by) {
    const at = this.kept?.kind === "window" ? this.kept.index + by : by > 0 && by < Infinity ? 0 : by;
    const last = this.places.starts.length - 1;
    this.held = undefined;
    this.keep({ kind: "window", index: Math.max(0, Math.min(last, at)) });
  }

  release() {
    if (!this.kept) return false;
    this.keep(undefined);
    return true;
  }

  keep(at) {
    this.kept = at;
    this.show();
  }

  look(at) {
    if (JSON.stringify(at) === JSON.stringify(this.held)) return;
    this.held = at;
    this.show();
  }

  show() {
    const window = this.kept?.kind === "window" ? this.kept.index : 0;
    const looked = this.held ?? this.kept;
    const at = looked && { ...looked, window };
    const linked = this.places.linked(at);
    this.picture.light(linked, Boolean(at));
    this.formula.light(linked.terms);
    write(this.says, at ? this.places.told(at) : this.hint());
  }

  hint() {
    if (this.data.present) return "";
    if (this.touched || withFingers()) return "Tap a window or a cell to see what reads what.";
    return "Point at a window, a cell or a number of the formula; the arrow keys step through the windows.";
  }

  close() {
    this.ears.abort();
    this.resized.disconnect();
    this.root.remove();
  }
}
