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
    this.total = html("span", { class: "total" }, "+ ", this.bias, " = ", this.result);
    this.line = html("div", { class: "terms" });
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
    let sum = 0;
    this.terms.forEach((term, index) => {
      const product = operands[index] * weights[index];
      sum += product;
      write(term.value, brief(operands[index]));
      write(term.weight, brief(weights[index]));
      write(term.soFar, hidden ? " " : brief(sum));
      term.element.title = `${exact(operands[index])} × ${exact(weights[index])} = ${exact(product)}`;
      if (!hidden) term.element.title += `\nsum so far ${exact(sum)}`;
    });
    write(this.bias, brief(bias));
    write(this.result, hidden ? "?" : brief(result));
    this.result.title = hidden ? "" : exact(result);
  }

  /** Light one term, or none. */
  light(index) {
    this.terms.forEach(({ element }, at) => element.classList.toggle("lit", at === index));
  }
}
