// The counts of a layer, one line each: symbols above, numbers below them, the result in a frame.

const MEANS = { // what of the drawing a term stands for, where it is not called the same
  before: ["padding"], after: ["padding"], units: ["kernel-count", "output-channels"], groups: ["kernel-channels"],
  parameters: ["kernel", "kernel-count", "bias"], operations: ["kernel", "output"], stride: ["next"], dilation: ["kernel"],
};

/** Tell whether a part of the drawing belongs to a term; a size without an axis is height and width. */
function belongs(part, role) {
  const [kind, axis] = role.split("-");
  if (!["input", "kernel", "output"].includes(kind)) return (MEANS[kind] ?? [role]).some((name) => part === name || part.startsWith(`${name}-`));
  return axis ? part === role : [kind, `${kind}-height`, `${kind}-width`].includes(part);
}

class Formulas {
  constructor(look) {
    this.look = look;
    this.element = html("div", { class: "formulas" });
  }

  update(formulas) {
    this.terms = [];
    this.element.replaceChildren(...formulas.map((formula) => this.line(formula)));
  }

  line({ name, title, symbol, parts, remark, value }) {
    const last = parts.length - 1;
    const written = parts.map((part, at) => this.term(part, at === last));
    written.at(-1).lastChild.dataset.shows = name;
    const start = symbol && parts.length > 1 ? [html("span", { class: "part", text: `${symbol} = ` })] : [];
    const text = parts.map((part) => part.text).join("");
    const line = html("div", { class: "formula", role: "group", "aria-label": `${title}: ${text}`, "data-value": value }, ...start, ...written);
    const told = remark ? [html("p", { class: "remark", text: remark })] : [];
    return html("div", { class: "tally", "data-count": name }, html("h3", { text: title }), line, ...told);
  }

  term({ text, symbol, role }, result) {
    if (!role) return html("span", { class: "part", text });
    const [kind] = role.split("-");
    const name = `part term ${kind}${result ? " result" : ""}`;
    const above = symbol ? [html("small", { text: symbol })] : [];
    const term = html("span", { class: name, "data-term": role, tabindex: 0 }, ...above, html("b", { text }));
    term.onpointerenter = (event) => event.pointerType !== "touch" && this.look({ term: role });
    term.onpointerleave = (event) => event.pointerType !== "touch" && this.look(undefined);
    term.onclick = term.onfocus = () => this.look({ term: role });
    term.onblur = () => this.look(undefined);
    this.terms.push(term);
    return term;
  }

  /** Light the terms that `chosen` picks by their roles. */
  light(chosen) {
    for (const term of this.terms) term.classList.toggle("lit", chosen(term.dataset.term));
  }
}
