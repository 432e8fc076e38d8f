// The size of the gradient of each layer, on a scale of powers of ten.

const DECADES = [-8, 2];

class Gradients {
  constructor(root) {
    this.root = root;
    this.rows = html("div", { class: "rows" });
    const marks = [-8, -6, -4, -2, 0, 2].map((power) => {
      const mark = html("span", {}, "10", html("sup", { text: signed(String(power)) }));
      mark.style.left = `${(100 * (power - DECADES[0])) / (DECADES[1] - DECADES[0])}%`;
      return mark;
    });
    this.scale = html("div", { class: "row scale" }, html("span"), html("b", {}, ...marks), html("span"));
    this.root.append(this.rows, this.scale);
  }

  update({ layers }) {
    this.rows.replaceChildren(...layers.map(({ title, size }) => {
      const value = Number(size); // null before the first step
      const [low, high] = DECADES;
      const part = value > 0 ? (Math.log10(value) - low) / (high - low) : 0;
      const fill = html("i");
      fill.style.width = `${100 * Math.max(0, Math.min(1, Number.isNaN(value) ? 1 : part))}%`;
      const text = size === null ? "none yet" : unusual(value) ?? short(value);
      return html("div", { class: "row" }, html("span", { text: title }), html("b", {}, fill), html("span", { text }));
    }));
  }
}

/** Write a size with two digits. */
function short(value) {
  if (value === 0 || (value >= 0.01 && value < 100)) return String(Number(value.toPrecision(2)));
  return signed(value.toExponential(1).replace("e+", "e"));
}
