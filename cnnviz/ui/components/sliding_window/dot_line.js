// The sum of a series, told as a dot product: (1, 0, 2) · (−1, 2, 1) = 1·(−1) + 0·2 + 2·1 = 1.

class DotLine extends SumLine {
  static times = "·";

  constructor(enter, leave) {
    super(enter, leave);
    this.element.classList.add("dot");
    this.entries = [];
    this.vectors = html("span", { class: "vectors" });
    this.line.onpointerover = (event) => {
      const at = event.target.closest("[data-index]");
      if (at) enter(Number(at.dataset.index));
    };
  }

  measure(count) {
    if (this.terms.length === count) return;
    super.measure(count, 0);
    this.terms.forEach(({ element }, index) => element.setAttribute("data-index", index));
    this.entries = ["input", "kernel"].map((role) => this.terms.map((_, index) => html("b", { class: role, "data-index": index })));
    const [values, weights] = this.entries.map((entries) => html("span", {}, "(", ...listed(entries), ")"));
    this.vectors.replaceChildren(values, " · ", weights, " = ");
    this.line.prepend(this.vectors);
  }

  show(operands, weights, bias, result, hidden) {
    this.withBias.hidden = bias === 0;
    [operands, weights].forEach((numbers, at) => this.entries[at].forEach((entry, index) => write(entry, brief(numbers[index]))));
    super.show(operands, weights, bias, result, hidden);
  }

  /** A negative factor stands in brackets. */
  factor(value) {
    return value < 0 ? `(${brief(value)})` : brief(value);
  }

  text() {
    const terms = this.terms.map(({ value, weight }) => `${value.textContent}·${weight.textContent}`).join(" + ");
    const bias = this.withBias.hidden ? "" : ` + ${this.bias.textContent}`;
    return `${this.vectors.textContent}${terms}${bias} = ${this.result.textContent}`;
  }

  light(index) {
    this.entries.forEach((entries) => entries.forEach((entry, at) => entry.classList.toggle("lit", at === index)));
    super.light(index);
  }
}

/** Put commas between elements. */
function listed(elements) {
  return elements.flatMap((element, index) => (index ? [", ", element] : [element]));
}
