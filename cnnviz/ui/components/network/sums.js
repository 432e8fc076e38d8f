// How one map is made: what is read, the slices of the filter, the partial maps, their sum with the bias, the activation.

const BETWEEN = 10;
const ADDED = 92; // width of the sign and the bias

class Sums {
  constructor(root) {
    this.root = root;
    this.field = html("div", { class: "blocks" });
    this.constant = html("div", { class: "bias-box" });
    this.result = html("div", { class: "results" });
    this.line = html("div", { class: "sum-line", "aria-live": "polite" });
    const sign = html("div", { class: "added" }, html("span", { class: "plus", text: "⊕" }), this.constant);
    root.append(html("div", { class: "adding" }, this.field, sign, this.result), this.line);
    this.observer = new ResizeObserver(() => this.measure());
    this.observer.observe(root);
  }

  close() {
    this.observer.disconnect();
    this.root.remove();
  }

  update(page, send) {
    Object.assign(this, { page, send, bias: Number(page.bias) });
    const name = appearance(this.root);
    const scale = (kind) => new Scale(page.ends[kind], page.themes, name);
    const arrays = Object.fromEntries(["inputs", "kernels", "partials", "sum", "output"].map((kind) => [kind, unpacked(page[kind])]));
    const act = { look: (cell) => this.look(cell), press: ([row, column]) => send.setTriggerValue("choose", { row, column }) };
    this.values = arrays;
    this.blocks = page.names.map((text, place) => this.block(text, place, arrays, scale, act));
    this.field.replaceChildren(...this.blocks.map(({ element }) => element));
    write(this.constant, `bias ${brief(this.bias)}`);
    this.made = [["Feature map", "sum"], ...(page.activation ? [["Activation map", "output"]] : [])].map(([title, kind]) => {
      const lens = new Lens("output", act);
      lens.load(title, arrays[kind], 0, page.shapes.output, scale("output"));
      return lens;
    });
    const arrow = html("span", { class: "arrow", text: `${page.activation} →` });
    this.result.replaceChildren(this.made[0].element, ...(page.activation ? [arrow, this.made[1].element] : []));
    this.measured = undefined;
    this.measure();
    this.look();
  }

  block(text, place, arrays, scale, act) {
    const make = (role, title, kind, shape, hears) => {
      const lens = new Lens(role, hears);
      lens.load(title, arrays[kind], place * shape[0] * shape[1], shape, scale(kind === "inputs" ? "input" : kind === "kernels" ? "kernel" : "output"));
      return lens;
    };
    const { shapes } = this.page;
    const deaf = { look: () => {}, press: () => {} };
    const read = make("input", text, "inputs", shapes.input, deaf);
    const slice = make("kernel", "∗", "kernels", shapes.kernel, deaf);
    const partial = make("output", "=", "partials", shapes.output, act);
    for (const lens of [read, slice]) lens.board.removeAttribute("tabindex");
    const amount = html("div", { class: "amount" });
    return { read, slice, partial, amount, element: html("div", { class: "block" }, read.element, slice.element, partial.element, amount) };
  }

  measure() {
    const width = this.root.clientWidth;
    if (!width || !this.page || this.measured === width) return;
    this.measured = width;
    const phone = width < PHONE;
    this.root.dataset.mode = phone ? "phone" : "page";
    this.field.classList.toggle("lone", this.blocks.length === 1 && !phone);
    const count = this.blocks.length;
    const large = phone ? (width - 60) / 2 : Math.min(150, width / 7.2);
    const room = phone ? width : width - ADDED - this.made.length * (large + 40);
    const rows = phone ? Math.ceil(count / 4) : count > 10 ? 2 : 1;
    const most = phone ? 74 : count === 1 ? 130 : rows > 1 ? 62 : 96;
    const side = Math.min(most, room / Math.ceil(count / rows) / (count === 1 && !phone ? 2.8 : 1) - BETWEEN);
    this.field.style.width = phone ? "100%" : count === 1 ? "auto" : `${Math.ceil(count / rows) * (side + BETWEEN)}px`;
    for (const { read, slice, partial } of this.blocks) {
      read.fit(side - 4);
      slice.fit(0.6 * side);
      partial.fit(side - 4);
    }
    for (const lens of this.made) lens.fit(large);
  }

  /** Show what is added up at one pixel. */
  look(cell) {
    const { page, values, blocks } = this;
    const [, columns] = page.shapes.output;
    const at = cell && cell[0] * columns + cell[1];
    const size = page.shapes.output[0] * columns;
    const sees = cell && [page.windows[0][cell[0]], page.windows[1][cell[1]]];
    blocks.forEach(({ read, partial, amount }, place) => {
      read.mark(undefined, sees);
      partial.mark(cell);
      write(amount, cell ? brief(values.partials[place * size + at]) : "");
    });
    for (const lens of this.made) lens.mark(cell);
    write(this.line, cell ? this.sentence(cell, blocks.map((_, place) => values.partials[place * size + at]), at) : page.hint);
  }

  sentence(cell, partials, at) {
    const { page, values } = this;
    const terms = [...partials, this.bias].map((value, place) => {
      const sign = place ? (value < 0 ? ` ${MINUS} ` : " + ") : value < 0 ? MINUS : "";
      return sign + brief(Math.abs(value));
    });
    const after = page.activation ? `, ${page.activation}: ${brief(values.output[at])}` : "";
    return `Row ${cell[0] + 1}, column ${cell[1] + 1}: ${terms.join("")} = ${brief(values.sum[at])}${after}`;
  }
}
