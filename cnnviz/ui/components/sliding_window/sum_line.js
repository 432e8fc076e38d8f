// The sum below the picture: every product, the sum so far below each, the bias, the result.

const MANY = 36; // more terms than this scroll in a box of their own

class SumLine {
  static times = " × ";

  /** `enter(index)` and `leave()` are told when the pointer is on a term. */
  constructor(enter, leave) {
    this.terms = [];
    this.bias = html("b", { class: "bias" });
    this.result = html("b", { class: "output" });
    this.withBias = html("span", {}, "+ ", this.bias);
    const total = html("span", { class: "factors" }, this.withBias, " = ", this.result);
    this.total = html("span", { class: "total" }, total, html("small", { text: "sum so far" }));
    this.line = html("div", { class: "terms" });
    this.element = html("div", { class: "sum", role: "group", "aria-label": "Sum of products" }, this.line);
    this.line.onpointerover = (event) => {
      const term = event.target.closest(".term");
      if (term) enter(this.terms.findIndex(({ element }) => element === term));
    };
    this.line.onpointerleave = leave;
  }

  /** Make room for as many products as the kernel has cells, wide enough for the longest numbers. */
  measure(count, characters, dense = false) {
    this.line.style.setProperty("--term", `${characters + 3}ch`);
    if (this.terms.length === count && this.dense === dense) return;
    this.dense = dense;
    while (this.terms.length < count) this.terms.push(this.term(this.terms.length));
    this.terms.length = count;
    const many = count > MANY || dense;
    this.line.replaceChildren(...this.terms.map(({ element }) => element));
    this.line.tabIndex = many ? 0 : -1; // what scrolls must be reached by keyboard
    this.element.classList.toggle("many", many);
    (many ? this.element : this.line).append(this.total);
  }

  term(index) {
    const [value, weight] = [html("b", { class: "input" }), html("b", { class: "kernel" })];
    const soFar = html("small");
    const plus = html("span", { class: "plus", text: index ? "+ " : "" });
    const factors = html("span", { class: "factors" }, plus, value, html("span", { class: "times", text: this.constructor.times }), weight);
    return { element: html("span", { class: "term" }, factors, soFar), value, weight, soFar };
  }

  /** Write one stop; a hidden result hides the sums that would give it away. */
  show(operands, weights, bias, result, hidden) {
    let soFar = 0;
    this.hidden = hidden;
    this.numbers = operands.map((value, index) => {
      const product = value * weights[index];
      soFar += product;
      return { value, weight: weights[index], product, soFar };
    });
    this.terms.forEach((term, index) => {
      const numbers = this.numbers[index];
      write(term.value, this.factor(numbers.value));
      write(term.weight, this.factor(numbers.weight));
      write(term.soFar, hidden ? "?" : brief(numbers.soFar));
    });
    write(this.bias, this.factor(bias));
    write(this.result, hidden ? "?" : brief(result));
    this.result.title = hidden ? "" : exact(result);
    this.element.setAttribute("aria-label", this.text());
  }

  /** Write one number of a product. */
  factor(value) {
    return brief(value);
  }

  /** The whole sum as one text. */
  text() {
    const terms = this.terms.map(({ value, weight }) => `${value.textContent}×${weight.textContent}`);
    return `${terms.join(" + ")} + ${this.bias.textContent} = ${this.result.textContent}`;
  }

  /** Light one term, or none. */
  light(index) {
    this.terms.forEach(({ element }, at) => element.classList.toggle("lit", at === index));
    const lit = this.terms[index]?.element;
    if (!lit || lit.matches(":hover")) return;
    const [box, place] = [this.line.getBoundingClientRect(), lit.getBoundingClientRect()];
    if (place.top < box.top) this.line.scrollTop -= box.top - place.top + 8;
    if (place.bottom > box.bottom) this.line.scrollTop += place.bottom - box.bottom + 8;
  }
}
