// The table of all terms, searched while typing: in any of the languages, and in what a term means.

class TermTable {
  constructor(root) {
    this.root = root;
    this.field = html("input", { type: "search", placeholder: "Search in any language", "aria-label": "Search the glossary", autocomplete: "off", spellcheck: "false" });
    this.count = html("p", { class: "hits", role: "status" });
    this.rows = html("tbody");
    const titles = ["English", "Korean", "Traditional Chinese", "Meaning"];
    const head = html("tr", {}, ...titles.map((text) => html("th", { scope: "col", text })));
    this.none = html("p", { class: "none", text: "No term matches; a part of a word is enough.", hidden: true });
    this.table = html("table", {}, html("thead", {}, head), this.rows);
    root.append(html("div", { class: "search" }, this.field, this.count), this.table, this.none);
    this.field.oninput = () => this.search();
    this.field.onkeydown = (event) => event.key === "Escape" && this.look("");
  }

  update({ terms }) {
    this.terms = terms.map((term) => {
      const text = [term.english, term.symbol, term.korean, term.chinese, term.meaning].join(" ").toLowerCase();
      return { text, row: this.row(term) };
    });
    this.rows.replaceChildren(...this.terms.map(({ row }) => row));
    this.search();
  }

  row(term) {
    const [korean, chinese] = translations(term);
    const name = html("th", { scope: "row", text: term.english });
    if (term.symbol) name.append(html("i", { class: "symbol", text: term.symbol }));
    const meaning = html("td", { class: "meaning", text: term.meaning });
    if (term.see.length) meaning.append(html("span", { class: "see" }, "See also ", ...this.links(term.see), "."));
    return html("tr", {}, name, html("td", {}, korean), html("td", {}, chinese), meaning);
  }

  links(names) {
    return names.flatMap((name, at) => {
      const button = html("button", { class: "term", type: "button", text: name });
      button.onclick = () => this.look(name);
      return at ? [", ", button] : [button];
    });
  }

  look(text) {
    this.field.value = text;
    this.field.focus();
    this.search();
  }

  search() {
    const words = this.field.value.toLowerCase().split(/\s+/);
    let hits = 0;
    for (const { text, row } of this.terms) {
      row.hidden = !words.every((word) => text.includes(word));
      hits += !row.hidden;
    }
    this.none.hidden = hits > 0;
    this.table.hidden = hits === 0;
    write(this.count, hits === this.terms.length ? `${hits} terms` : `${hits} of ${this.terms.length} terms`);
  }

  close() {
    this.root.remove();
  }
}
