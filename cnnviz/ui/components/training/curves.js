// Loss and accuracy over the epochs, and the timeline: every notch is a moment that can be gone back to.

const PANEL = { height: 222, top: 8, bottom: 198, left: 50, right: 12 };
const WAIT = 180; // milliseconds until a moved timeline is told

class Curves {
  constructor(root) {
    this.root = root;
    this.panels = ["loss", "accuracy"].map((which) => new Panel(which));
    this.names = html("p", { class: "names" });
    this.range = html("input", { type: "range", min: 0, step: 1, "aria-label": "Timeline" });
    this.told = html("output", { class: "moment" });
    const row = html("div", { class: "timeline" }, this.told, this.range);
    this.root.append(this.names, html("div", { class: "panels" }, ...this.panels.map((panel) => panel.figure)), row);
    this.range.oninput = () => this.moved();
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.root);
  }

  close() {
    clearTimeout(this.timer);
    this.observer.disconnect();
  }

  update(data, { setStateValue: tell }) {
    Object.assign(this, { data, tell });
    const line = (name, kind, colour, dash) => {
      const mark = html("i", { class: kind });
      if (colour) mark.style.borderTopColor = colour;
      if (dash) mark.style.borderTopStyle = "dashed";
      return html("span", {}, mark, name);
    };
    const colours = data.series[appearance(this.root)];
    this.names.replaceChildren(
      line("training batches", "train"),
      line("held-out images", "held"),
      ...data.kept.map((kept, at) => line(`${kept.letter}, held-out`, "kept", colours[at], true)),
    );
    this.range.max = data.moments.length;
    this.range.disabled = data.moments.length === 0;
    // While it is being moved, the reader's hand is right, and the page follows.
    // So it is until what was told is answered, or a notch would be lost where answers are slow.
    const { place, time } = this.awaited ?? {};
    if (data.at === place || performance.now() - time > PATIENCE) this.awaited = undefined;
    if (!this.timer && !this.awaited) this.range.value = data.at < 0 ? data.moments.length : data.at;
    this.draw();
  }

  /** The moment the timeline stands at; −1 is now. */
  get place() {
    const at = Number(this.range.value);
    return at >= this.data.moments.length ? -1 : at;
  }

  moved() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.awaited = { place: this.place, time: performance.now() };
      this.tell("at", { place: this.place, run: this.data.run, count: (this.count = (this.count ?? 0) + 1) });
    }, WAIT);
    this.draw();
  }

  draw() {
    const { data } = this;
    if (!data || !this.root.clientWidth) return;
    const at = this.place;
    const epoch = at < 0 ? data.now.epoch : data.moments[at].epoch;
    const step = at < 0 ? data.now.step : data.moments[at].step;
    const held = data.moments.length ? data.moments[at < 0 ? data.moments.length - 1 : at] : undefined;
    const score = held && held.step === step ? `: held-out accuracy ${(100 * Number(held.accuracy)).toFixed(1)} %` : "";
    write(this.told, `${at < 0 ? "Now, step" : "Step"} ${step.toLocaleString("en")} of ${data.steps.toLocaleString("en")}${score}`);
    this.range.setAttribute("aria-valuetext", this.told.textContent);
    for (const panel of this.panels) panel.draw(data, epoch, data.series[appearance(this.root)]);
  }
}

class Panel {
  constructor(which) {
    this.which = which;
    this.title = which === "loss" ? "Loss" : "Accuracy";
    this.rules = svg("g");
    this.lines = svg("g");
    this.cursor = svg("line", { class: "cursor-line", y1: PANEL.top, y2: PANEL.bottom });
    this.clip = svg("rect", { y: PANEL.top - 3, height: PANEL.bottom - PANEL.top + 6, x: PANEL.left });
    const clip = svg("clipPath", { id: `clip-${which}` }, this.clip);
    this.lines.setAttribute("clip-path", `url(#clip-${which})`);
    this.picture = svg("svg", { height: PANEL.height, role: "img" }, clip, this.rules, this.lines, this.cursor);
    this.figure = html("figure", {}, html("figcaption", { text: `${this.title} by epoch` }), this.picture);
  }

  draw(data, epoch, colours) {
    const width = this.figure.clientWidth;
    if (width <= PANEL.left + PANEL.right) return;
    this.picture.setAttribute("viewBox", `0 0 ${width} ${PANEL.height}`);
    this.clip.setAttribute("width", width - PANEL.left - PANEL.right + 4);
    const top = this.which === "loss" ? Number(data.highest) : 1;
    const x = (at) => PANEL.left + (at / data.epochs) * (width - PANEL.left - PANEL.right);
    const y = (value) => PANEL.bottom - (value / top) * (PANEL.bottom - PANEL.top);
    this.rule(data, x, y, top, width);
    const path = (points) => {
      let pen = "M";
      return points.map(([at, ...values]) => {
        const value = Number(values[this.which === "loss" ? 0 : 1]);
        if (!Number.isFinite(value)) return (pen = "M"), "";
        const piece = `${pen}${x(at).toFixed(1)} ${Math.max(-900, y(value)).toFixed(1)}`;
        return (pen = "L"), piece;
      }).join("");
    };
    const held = data.moments.map((moment) => [moment.epoch, moment.loss, moment.accuracy]);
    const kept = data.kept.map((one, at) => {
      const line = svg("path", { class: "kept", d: path(one.points) });
      line.style.stroke = colours[at];
      return line;
    });
    const dots = held.filter(([, loss]) => Number.isFinite(Number(loss))).map(([at, loss, accuracy]) => {
      return svg("circle", { class: "held-dot", cx: x(at), cy: y(this.which === "loss" ? loss : accuracy), r: 2.5 });
    });
    this.lines.replaceChildren(
      ...kept, svg("path", { class: "held", d: path(held) }), ...dots, svg("path", { class: "train", d: path(data.points) }),
    );
    this.cursor.setAttribute("x1", x(epoch));
    this.cursor.setAttribute("x2", x(epoch));
    const last = data.points.at(-1);
    const told = last ? `, last value ${brief(Number(last[this.which === "loss" ? 1 : 2]))}` : ", nothing yet";
    this.picture.setAttribute("aria-label", `${this.title} over ${data.epochs} epochs${told}`);
  }

  rule(data, x, y, top, width) {
    const marks = ticks([0, top], 5).flatMap((value) => [
      svg("line", { class: value ? "rule" : "rule zero", x1: PANEL.left, x2: width - PANEL.right, y1: y(value), y2: y(value) }),
      svg("text", {
        x: PANEL.left - 6, y: y(value) + 5, "text-anchor": "end",
        text: this.which === "loss" ? String(value) : `${Math.round(100 * value)} %`,
      }),
    ]);
    const epochs = ticks([0, data.epochs], Math.min(width / 70, data.epochs)).filter(Number.isInteger).map((at) => {
      return svg("text", { x: x(at), y: PANEL.bottom + 18, "text-anchor": "middle", text: String(at) });
    });
    this.rules.replaceChildren(...marks, ...epochs);
  }
}
