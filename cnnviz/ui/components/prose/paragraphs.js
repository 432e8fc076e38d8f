// Paragraphs in which terms are buttons.

class Paragraphs {
  constructor(root) {
    this.root = root;
    this.card = new Card(root);
    this.body = html("div", { class: "body" });
    root.prepend(this.body);
  }

  update({ paragraphs, terms, present }) {
    this.root.classList.toggle("present", present);
    const written = JSON.stringify(paragraphs);
    if (written === this.written) return;
    this.written = written;
    this.card.close();
    const shown = (piece) => this.shown(piece, terms[piece.term]);
    this.body.replaceChildren(...paragraphs.map((pieces) => html("p", {}, ...this.bound(pieces, shown))));
  }

  /** Keep a bracket with the term behind it: a line may break before any button. */
  bound(pieces, shown) {
    const opens = (at) => pieces[at]?.text.endsWith("(") && pieces[at + 1]?.term;
    return pieces.map((piece, at) => {
      const own = shown(opens(at) ? { ...piece, text: piece.text.slice(0, -1) } : piece);
      return opens(at - 1) ? html("span", { class: "bound" }, "(", own) : own;
    });
  }

  shown(piece, term) {
    const { text } = piece;
    const inside = term ? this.card.button(text, term) : piece.code ? html("code", { text }) : text;
    return piece.bold ? html("strong", {}, inside) : inside;
  }

  close() {
    this.card.remove();
    this.root.remove();
  }
}
