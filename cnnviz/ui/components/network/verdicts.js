// The held-out images: who was taken for whom, and images with what was said of them.

/** The table of confusions; a cell that is pressed shows its images. */
class Confusion {
  constructor(root) {
    this.root = root;
    this.table = html("table", { class: "confusion" });
    root.append(this.table);
  }

  close() {
    this.root.remove();
  }

  update(page, send) {
    const name = appearance(this.root);
    const [right, wrong] = page.ends.map((end) => new Scale(end, page.themes, name));
    const head = html("tr", {}, html("th", { class: "corner" }, "true ↓", html("br"), "said →"), ...page.names.map((text) => html("th", { scope: "col", text })));
    const rows = page.counts.map((counts, real) => {
      const cells = counts.map((count, said) => {
        const [scale, value] = real === said ? [right, count] : [wrong, -count];
        const label = `${page.names[real]} taken for ${page.names[said]}: ${count}`;
        const chosen = page.chosen && page.chosen[0] === real && page.chosen[1] === said;
        const button = html("button", { type: "button", text: count || "·", title: label, "aria-label": label, disabled: !count, "aria-pressed": String(Boolean(chosen)) });
        Object.assign(button.style, count ? { background: scale.fill(value), color: scale.ink(value) } : {});
        button.onclick = () => send.setTriggerValue("cell", [real, said]);
        return html("td", {}, button);
      });
      return html("tr", {}, html("th", { scope: "row", text: page.names[real] }), ...cells);
    });
    this.table.replaceChildren(html("thead", {}, head), html("tbody", {}, ...rows));
  }
}

/** Images with a line below each; one that is pressed is looked into. */
class Gallery {
  constructor(root) {
    this.root = root;
    this.field = html("div", { class: "images" });
    root.append(this.field);
  }

  close() {
    this.root.remove();
  }

  update(page, send) {
    const [channels, rows, columns] = page.shape;
    const bytes = Uint8Array.from(atob(page.images), (letter) => letter.charCodeAt(0));
    const size = channels * rows * columns;
    const shown = page.captions.map(([title, line], place) => {
      const canvas = html("canvas", { "aria-hidden": "true" });
      paintGrey(canvas, bytes, place * size, rows, columns);
      const button = html("button", { type: "button", title: "Look inside with this image" }, canvas, html("b", { text: title }), html("span", { text: line }));
      button.onclick = () => send.setTriggerValue("image", place);
      return button;
    });
    this.field.replaceChildren(...shown);
  }
}

function paintGrey(canvas, bytes, first, rows, columns) {
  Object.assign(canvas, { width: columns, height: rows });
  const brush = canvas.getContext("2d");
  const picture = brush.createImageData(columns, rows);
  for (let at = 0; at < rows * columns; at++) picture.data.set([bytes[first + at], bytes[first + at], bytes[first + at], 255], 4 * at);
  brush.putImageData(picture, 0, 0);
}
