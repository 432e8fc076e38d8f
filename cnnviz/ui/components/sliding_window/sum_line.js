// The sum below the picture: every product, the sum so far below each, the bias, the result.

/** Longest text among numbers, in characters. */
function widest(rows) {
  return Math.max(...rows.flat().map((value) => brief(value ?? 0).length));
}

class SumLine {
  /** `enter(index)` and `leave()` are told when the pointer is on a term. */
  constructor(enter, leave) {
    this.terms = [];
    this.bias = html("b", { class: "bias" });
    this.result = html("b", { class: "output" });
    const total = html("span", { class: "factors" }, "+ ", this.bias, " = ", this.result);
    this.total = html("span", { class: "total" }, total, html("small", { text: "sum so far" }));
    this.line = html("div", { class: "terms", "aria-hidden": "true" });
    this.element = html("div", { class: "sum", role: "group", tabindex: 0, "aria-label": "Sum of products" }, this.line);
    this.line.onpointerover = (event) => {
      const term = event.target.closest(".term");
      if (term) enter(this.terms.findIndex(({ element }) => element === term));
    };
    this.line.onpointerleave = leave;
  }

  /** Make room for as many products as the kernel has cells, wide enough for the longest numbers. */
  measure(input, kernel) {
    const count = kernel.length * kernel[0].length;
    while (this.terms.length < count) this.terms.push(this.term(this.terms.length));
    this.terms.length = count;
    const width = widest(input) + widest(kernel) + 3;
    this.line.style.setProperty("--term", `${width}ch`);
    this.line.replaceChildren(...this.terms.map(({ element }) => element), this.total);
  }

  term(index) {
    const [value, weight] = [html("b", { class: "input" }), html("b", { class: "kernel" })];
    const soFar = html("small");
    const plus = html("span", { class: "plus", text: index ? "+ " : "" });
    const factors = html("span", { class: "factors" }, plus, value, html("span", { class: "times", text: " × " }), weight);
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
      write(term.value, brief(numbers.value));
      write(term.weight, brief(numbers.weight));
      write(term.soFar, hidden ? "?" : brief(numbers.soFar));
    });
    write(this.bias, brief(bias));
    write(this.result, hidden ? "?" : brief(result));
    this.result.title = hidden ? "" : exact(result);
    this.element.setAttribute("aria-label", this.text());
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
    const [box, place] = [this.element.getBoundingClientRect(), lit.getBoundingClientRect()];
    if (place.top < box.top) this.element.scrollTop -= box.top - place.top + 8;
    if (place.bottom > box.bottom) this.element.scrollTop += place.bottom - box.bottom + 8;
  }
}
