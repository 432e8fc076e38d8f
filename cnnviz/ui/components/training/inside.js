// One image in the network: its layers as small pictures, and what is answered.

const WIDEST = 440; // pixels of a sheet

class Inside {
  constructor(root) {
    this.root = root;
    this.image = html("img", { class: "asked", alt: "The chosen held-out image" });
    this.guess = html("div", { class: "guess" });
    this.told = html("p", { class: "told" });
    this.sheets = html("div", { class: "sheets" });
    this.root.append(html("div", { class: "ask" }, this.image, this.guess), this.told, this.sheets);
  }

  update(data) {
    if (this.image.src !== data.image) this.image.src = data.image;
    write(this.told, data.told);
    while (this.guess.children.length < data.classes.length) this.guess.append(bar());
    while (this.guess.children.length > data.classes.length) this.guess.lastChild.remove();
    data.classes.forEach((name, at) => {
      const row = this.guess.children[at];
      const share = Number(data.shares[at]);
      write(row.children[0], name);
      row.children[1].firstChild.style.width = `${100 * (share || 0)}%`;
      write(row.children[2], percent(share));
      row.classList.toggle("right", at === data.label);
    });
    while (this.sheets.children.length < data.sheets.length) this.sheets.append(sheet());
    while (this.sheets.children.length > data.sheets.length) this.sheets.lastChild.remove();
    data.sheets.forEach((one, at) => show(this.sheets.children[at], one));
  }
}

function bar() {
  return html("div", { class: "bar" }, html("span"), html("b", {}, html("i")), html("span"));
}

function sheet() {
  return html("figure", {}, html("figcaption"), html("img", { alt: "" }));
}

function show(figure, { title, told, url, size, limit }) {
  const [caption, image] = figure.children;
  const most = Number(limit);
  const end = most >= 1000 ? brief(Math.round(most)) : Number(most.toPrecision(2));
  write(caption, most ? `${title}: ${told}, ${MINUS}${end} to ${end}` : `${title}: ${told}, all 0`);
  if (image.src !== url) image.src = url;
  image.alt = caption.textContent;
  const cell = Math.min(window.innerHeight < 800 ? 5 : 6, WIDEST / size[0]);
  image.style.width = `${size[0] * (cell > 2 ? Math.floor(cell) : cell)}px`;
}
