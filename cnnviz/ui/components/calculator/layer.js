// One layer: its drawing, the line that says what is looked at, and its formulas.

class LayerView {
  constructor(root) {
    this.root = root;
    this.formulas = new Formulas((at) => this.look(at));
    this.frame = html("div", { class: "picture-frame" });
    this.caption = html("p", { class: "caption" });
    this.says = html("p", { class: "told", "aria-live": "polite" });
    root.append(this.caption, this.frame, this.says, this.formulas.element);
    this.ears = new AbortController();
    const go = (rows, columns) => () => this.step(rows, columns);
    const acts = {
      forward: go(0, 1), back: go(0, -1), down: go(1, 0), up: go(-1, 0), first: go(-Infinity, -Infinity), last: go(Infinity, Infinity),
      release: () => this.release(), present: () => this.send.setTriggerValue("present", otherView(this.root)),
    };
    listenToKeys(root, KEYS, acts, this.ears.signal);
    this.watch();
    this.resized = new ResizeObserver(() => this.redraw());
    this.resized.observe(this.frame);
  }

  watch() {
    const { frame } = this;
    const seen = (event) => {
      const term = event.target.closest?.("[data-term]")?.dataset.term;
      const window = this.drawing.locate(event);
      return window ? { window } : term && term !== "next" ? { part: term } : undefined;
    };
    frame.onpointermove = (event) => event.pointerType !== "touch" && this.look(seen(event));
    frame.onpointerleave = (event) => event.pointerType !== "touch" && this.look(undefined);
    frame.onclick = (event) => this.keep(seen(event));
  }

  update(data, send) {
    Object.assign(this, { data, send });
    showView(this.root, data.present);
    this.kept = this.held = undefined;
    this.drawing = data.inputs ? new Matrix() : new Drawing();
    this.frame.replaceChildren(this.drawing.element);
    this.formulas.update(data.formulas);
    const shape = (name, text, shows) => html("span", { class: name }, `${data.captions[name]} `, html("b", { "data-shows": shows, text }));
    const notes = data.captions.note ? [html("span", { class: "note", text: data.captions.note })] : [];
    if (data.captions.left) notes.push(html("span", { class: "over", text: data.captions.left }));
    this.caption.replaceChildren(shape("input", data.captions.read, "read"), shape("output", data.captions.shape, "shape"), ...notes);
    this.width = undefined;
    this.redraw();
  }

  redraw() {
    const width = this.frame.clientWidth;
    if (!width || width === this.width) return;
    this.width = width;
    this.drawing.draw(this.data, width);
    this.show();
  }

  /** Walk to another window. */
  step(rows, columns) {
    const counts = this.data.starts.map((starts) => starts.length);
    if (!counts[0]) return false;
    const from = this.kept?.window ?? [0, columns === 1 && !this.kept ? -1 : 0];
    const to = [from[0] + rows, from[1] + columns].map((place, axis) => Math.max(0, Math.min(counts[axis] - 1, place)));
    this.held = undefined;
    return this.keep({ window: to });
  }

  release() {
    if (!this.kept && !this.held) return false;
    this.held = undefined;
    return this.keep(undefined);
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
    const at = this.held ?? this.kept;
    this.drawing.place(at?.window ?? this.kept?.window ?? [0, 0]);
    const lit = (part) => (at?.term ? belongs(part, at.term) : at?.part === part);
    for (const part of this.drawing.element.querySelectorAll("[data-term]")) part.classList.toggle("lit", lit(part.dataset.term));
    const meant = (role) => Boolean(at?.part) && belongs(at.part, role) && !["parameters", "operations"].includes(role);
    this.formulas.light((role) => (at?.term ? role === at.term : meant(role)));
    write(this.says, at ? this.told(at) : this.hint());
  }

  told({ window, term, part }) {
    if (window) return this.aboutWindow(window);
    const { terms, parts } = this.data;
    return term ? terms[term] ?? terms[term.split("-")[0]] ?? "" : parts[part] ?? parts[part.split("-")[0]] ?? "";
  }

  aboutWindow([row, column]) {
    const { starts, extent, names } = this.data;
    const along = (axis, index) => {
      const first = starts[axis][index] + 1;
      const last = first + extent[axis] - 1;
      return `${names[axis]} ${signed(String(first))}${last > first ? ` to ${last}` : ""}`;
    };
    const output = names[0] ? `row ${row + 1}, column ${column + 1}` : `${column + 1}`;
    const read = names[0] ? `${along(0, row)}, ${along(1, column)}` : along(1, column);
    const padding = [row, column].some((index, axis) => starts[axis][index] < 0 || starts[axis][index] + extent[axis] > this.data.input[axis + 1]);
    return `Output ${output} reads ${read}${padding ? ", some of them padding" : ""}.`;
  }

  hint() {
    if (this.data.present) return "";
    const touched = withFingers();
    const moves = this.data.starts[0].length ? `; ${touched ? "tap" : "point at"} the output to move the window` : "";
    return `${touched ? "Tap" : "Point at"} a number to see what it is in the drawing${moves}.`;
  }

  close() {
    this.ears.abort();
    this.resized.disconnect();
    this.root.remove();
  }
}
