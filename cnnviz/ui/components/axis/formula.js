// The formula with its numbers, each below its symbol; pointing at one lights it in the picture.

class Formula {
  constructor(look) {
    this.element = html("div", { class: "formula", role: "img" });
    this.look = look;
  }

  update(parts, broken) {
    const text = parts.map((part) => part.text).join("");
    this.element.setAttribute("aria-label", `o = ${text}`);
    this.terms = parts.map((part) => this.term(part));
    this.terms.at(-1).classList.toggle("broken", broken);
    this.terms.at(-1).lastChild.dataset.shows = "exact";
    this.element.replaceChildren(html("span", { class: "part", text: "o = " }), ...this.terms);
  }

  term({ text, symbol, role }) {
    if (!symbol) return html("span", { class: "part", text });
    const term = html("span", { class: `part term ${role}`, "data-term": role }, html("small", { text: symbol }), html("b", { text }));
    term.onpointerenter = () => this.look({ kind: "term", name: role });
    term.onpointerleave = () => this.look(undefined);
    return term;
  }

  light(names) {
    for (const term of this.terms) term.classList.toggle("lit", names.includes(term.dataset.term));
  }
}
