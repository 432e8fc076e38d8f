// The sum over the channels, part by part, and the products of one channel below it.

const MANY = 12; // more products than these take two lines, and scroll

class Sums {
  /** `lesson` is told what the pointer is on. */
  constructor(lesson) {
    this.lesson = lesson;
    this.line = html("div", { class: "sum-line", role: "group" });
    this.label = html("b", { class: "slice-name" });
    this.terms = html("span", { class: "terms" });
    this.partial = html("b", { class: "partial" });
    this.products = html("div", { class: "products" }, this.label, this.terms, html("span", { class: "equals" }, " = ", this.partial));
    this.line.onpointerover = (event) => this.enter(event, ".addend", (channel) => ({ kind: "sum", channel }));
    this.line.onclick = (event) => this.enter(event, ".addend", (channel) => ({ kind: "sum", channel }), "hold");
    this.terms.onpointerover = (event) => this.enter(event, ".term", (index) => ({ kind: "term", channel: this.channel, index }));
    this.line.onpointerleave = this.terms.onpointerleave = () => lesson.look(undefined);
  }

  enter(event, selector, at, act = "look") {
    const part = event.target.closest(selector);
    if (part && (act === "hold" || event.pointerType !== "touch")) this.lesson[act](at(Number(part.dataset.at)));
  }

  /** Make room for the partial sums of these channels. */
  measure(numbers) {
    this.signs = numbers.map(() => html("span", { class: "plus" }));
    this.addends = numbers.map((at) => html("b", { class: "addend kernel", "data-at": at }));
    this.biasSign = html("span", { class: "plus" });
    this.bias = html("b", { class: "bias" });
    this.equals = html("span", { class: "plus" });
    this.result = html("b", { class: "output" });
    const parts = this.addends.flatMap((addend, at) => [this.signs[at], addend]);
    this.line.replaceChildren(...parts, this.biasSign, this.bias, this.equals, this.result);
  }

  /** Write the sum of one stop; a hidden result is asked for. */
  show(partials, bias, sum, result, { relu, hidden }) {
    [...partials, bias].forEach((value, at) => {
      const sign = value < 0 ? MINUS : at ? "+" : "";
      write(this.signs[at] ?? this.biasSign, at ? ` ${sign} ` : sign);
      write(this.addends[at] ?? this.bias, brief(Math.abs(value)));
    });
    write(this.equals, relu ? ` = ${hidden ? "?" : brief(sum)}, ReLU: ` : " = ");
    write(this.result, hidden ? "?" : brief(result));
    this.line.setAttribute("aria-label", this.line.textContent);
  }

  /** Write the products of one channel. */
  showProducts(channel, name, operands, weights, partial) {
    this.channel = channel;
    write(this.label, `${/^\d/.test(name) ? "channel " : ""}${name}:`);
    while (this.terms.children.length < weights.length) this.terms.append(this.term(this.terms.children.length));
    while (this.terms.children.length > weights.length) this.terms.lastChild.remove();
    weights.forEach((weight, at) => {
      const [, value, , factor] = this.terms.children[at].children;
      write(value, brief(operands[at]));
      write(factor, brief(weight));
    });
    write(this.partial, brief(partial));
    this.products.classList.toggle("many", weights.length > MANY);
    this.terms.tabIndex = weights.length > MANY ? 0 : -1; // what scrolls must be reached by keyboard
  }

  term(at) {
    const plus = html("span", { class: "plus", text: at ? "+ " : "" });
    const parts = [plus, html("b", { class: "input" }), html("span", { class: "plus", text: "×" }), html("b", { class: "kernel" })];
    return html("span", { class: "term", "data-at": at }, ...parts);
  }

  /** Light the partial sum of a channel, and one of its products. */
  light(channel, index) {
    this.addends.forEach((addend) => addend.classList.toggle("lit", Number(addend.dataset.at) === channel));
    [...this.terms.children].forEach((term, at) => term.classList.toggle("lit", at === index));
  }
}
