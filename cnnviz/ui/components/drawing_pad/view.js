// What becomes of the sheet, step by step, each with its switch; and what the network says to it.

class View {
  constructor(root) {
    this.root = root;
    this.sentence = html("p", { class: "guess", "aria-live": "polite" });
    this.bars = html("div", { class: "bars", role: "table", "aria-label": "Probability of each digit" });
    this.steps = html("div", { class: "steps" });
    root.append(this.steps, html("div", { class: "answer" }, this.sentence, this.bars));
  }

  update(data, { setTriggerValue }) {
    this.send = setTriggerValue;
    const names = JSON.stringify([data.steps.map((step) => step.name), data.bars.map((bar) => bar.name)]);
    if (names !== this.names) this.build(data, names);
    this.root.classList.toggle("empty", !data.filled);
    write(this.sentence, data.sentence);
    data.steps.forEach((step, at) => this.showStep(this.shown[at], step));
    data.bars.forEach((bar, at) => showBar(this.rows[at], bar));
  }

  build(data, names) {
    this.names = names;
    this.shown = data.steps.map((step) => this.buildStep(step));
    this.rows = data.bars.map(() => buildBar());
    this.steps.replaceChildren(...this.shown.map((step) => step.figure));
    this.bars.replaceChildren(...this.rows.map((row) => row.line));
  }

  buildStep(step) {
    const [canvas, caption, size] = [html("canvas", { class: "pixels" }), html("span"), html("span", { class: "size" })];
    const box = step.fixed ? null : html("input", { type: "checkbox" });
    const label = html(step.fixed ? "p" : "label", { class: "switch" }, ...(box ? [box] : []), caption);
    const figure = html("figure", { "data-step": step.name }, html("div", { class: "frame-box" }, canvas), label, size);
    if (box) box.onchange = () => this.send("switch", { step: step.name, on: box.checked });
    return { figure, canvas, caption, size, box };
  }

  showStep(shown, step) {
    write(shown.caption, step.title);
    write(shown.size, step.pixels ? `${step.size[1]} × ${step.size[0]}` : "");
    shown.figure.title = step.help;
    shown.figure.classList.toggle("off", !step.on);
    if (shown.box) Object.assign(shown.box, { checked: step.on, disabled: step.closed });
    shown.canvas.hidden = !step.pixels;
    if (!step.pixels || shown.pixels === step.pixels) return;
    shown.pixels = step.pixels;
    paint(shown.canvas, bytes(step.pixels), step.size, colours("grey"));
    const side = Math.max(...step.size);
    shown.canvas.style.width = `${(100 * step.size[1]) / side}%`;
    shown.canvas.style.height = `${(100 * step.size[0]) / side}%`;
  }
}

/** A row of bars: a name, a length, a number. */
class Rates {
  constructor(root) {
    this.bars = html("div", { class: "bars wide", role: "table" });
    this.root = root;
    root.append(this.bars);
  }

  update(data) {
    this.rows = data.bars.map(() => buildBar());
    this.bars.replaceChildren(...this.rows.map((row) => row.line));
    data.bars.forEach((bar, at) => showBar(this.rows[at], bar));
  }
}

function buildBar() {
  const [name, fill, value] = [html("span", { class: "name", role: "rowheader" }), html("i"), html("span", { class: "value", role: "cell" })];
  return { name, fill, value, line: html("div", { class: "bar", role: "row" }, name, html("span", { class: "track", role: "presentation" }, fill), value) };
}

function showBar(row, bar) {
  write(row.name, bar.name);
  write(row.value, bar.text);
  row.fill.style.width = `${100 * bar.share}%`;
  row.line.classList.toggle("first", bar.first);
}
