// The line below the picture: max(3, 2, 0, 5) = 5, or (3 + 2 + 0 + 5) / 4 = 2.50. Padding has no place in it.

const MANY_CELLS = 64; // more than this scroll in a box of their own

class PoolingLine {
  /** `enter(index)` and `leave()` are told when the pointer is on a number. */
  constructor(enter, leave) {
    this.terms = [];
    [this.opening, this.closing] = [html("span", { class: "plus" }), html("span", { class: "plus" })];
    this.result = html("b", { class: "output" });
    this.total = html("span", { class: "total" }, html("span", { class: "factors" }, this.closing, this.result));
    this.line = html("div", { class: "terms" });
    this.element = html("div", { class: "sum", role: "group", "aria-label": "What becomes of the window" }, this.line);
    this.line.onpointerover = (event) => {
      const term = event.target.closest(".term");
      if (term) enter(this.terms.findIndex(({ element }) => element === term));
    };
    this.line.onpointerleave = leave;
  }

  /** Make room for as many numbers as the window has cells. */
  measure(kind, count, characters) {
    this.kind = kind;
    this.line.style.setProperty("--term", `${characters}ch`);
    while (this.terms.length < count) this.terms.push(this.term());
    this.terms.length = count;
    const many = count > MANY_CELLS;
    this.line.replaceChildren(this.opening, ...this.terms.map(({ element }) => element));
    this.line.tabIndex = many ? 0 : -1; // what scrolls must be reached by keyboard
    this.element.classList.toggle("many", many);
    (many ? this.element : this.line).append(this.total);
  }

  term() {
    const [value, between] = [html("b", { class: "input" }), html("span", { class: "plus" })];
    return { element: html("span", { class: "term" }, html("span", { class: "factors" }, value, between)), value, between };
  }

  /** Write one stop; a hidden result hides the winner, too. */
  show({ operands, winner, value, hidden }) {
    const [contest, last] = [this.kind !== "mean", operands.length - 1];
    this.terms.forEach(({ element, value: text, between }, at) => {
      element.hidden = at > last;
      element.classList.toggle("won", at === winner && !hidden);
      write(text, at > last ? "" : brief(operands[at]));
      write(between, at >= last ? "" : contest ? "," : " +");
    });
    write(this.opening, contest ? `${this.kind}(` : "(");
    write(this.closing, contest ? ") = " : `) / ${operands.length} = `);
    write(this.result, hidden ? "?" : brief(value));
    this.result.title = hidden ? "" : exact(value);
    this.element.setAttribute("aria-label", this.text());
  }

  /** The whole line as one text. */
  text() {
    const shown = this.terms.filter(({ element }) => !element.hidden).map(({ value }) => value.textContent);
    return this.opening.textContent + shown.join(this.kind === "mean" ? " + " : ", ") + this.closing.textContent + this.result.textContent;
  }

  /** Light one number, or none. */
  light(index) {
    this.terms.forEach(({ element }, at) => element.classList.toggle("lit", at === index));
    const lit = this.terms[index]?.element;
    if (!lit || lit.matches(":hover")) return;
    const [box, spot] = [this.line.getBoundingClientRect(), lit.getBoundingClientRect()];
    if (spot.top < box.top) this.line.scrollTop -= box.top - spot.top + 8;
    if (spot.bottom > box.bottom) this.line.scrollTop += spot.bottom - box.bottom + 8;
  }
}
