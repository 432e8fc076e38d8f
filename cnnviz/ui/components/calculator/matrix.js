// A dense layer to scale: y = W [x; 1], a row of weights for each output and a column for each input.

const THICK = 18; // pixels across a vector

class Matrix {
  constructor() {
    this.element = svg("svg", { class: "layer-picture", "aria-hidden": "true" });
  }

  draw(data, width) {
    const room = data.present ? ROOM_LARGE : width < 620 ? ROOM_SMALL : ROOM;
    const [inputs, units] = [data.inputs, data.output[0]];
    const { font } = room;
    const long = room.tall - font;
    const scale = Math.min(long / Math.max(inputs, units), (width - 12 * font - 2 * THICK) / inputs);
    const [x, y] = [inputs, units].map((count) => Math.max(3, count * scale));
    const used = 2 * THICK + x + 9 * font;
    const left = Math.max(3.4 * font, (width - used) / 2 + 2 * font);
    const top = font + 6;
    const bias = data.bias ? 5 : 0;
    const places = { y: left, W: left + THICK + 3 * font, x: left + THICK + 3 * font + x + bias + 3 * font };
    const middle = top + Math.max(y, 20) / 2;
    const tall = Math.max(x + bias, y);
    this.element.style.fontSize = `${font}px`;
    this.element.setAttribute("width", width);
    this.element.setAttribute("height", Math.ceil(top + tall + 2 * font + 6));
    this.element.replaceChildren(
      ...bar("output-channels", places.y, top, THICK, y, "output"),
      word("mark", places.y + THICK + 1.5 * font, middle, "="),
      ...bar("kernel", places.W, top, x, y, "kernel"),
      ...(bias ? bar("bias", places.W + x, top, bias, y, "bias") : []),
      word("mark", places.W + x + bias + 1.5 * font, middle, "·"),
      ...bar("input", places.x, top, THICK, x, "input"),
      ...(bias ? bar("bias", places.x, top + x, THICK, bias, "bias") : []),
      word("label output", places.y + THICK / 2, top - 6, "y"),
      word("label kernel", places.W + x / 2, top - 6, "W"),
      word("label input", places.x + THICK / 2, top - 6, bias ? "x; 1" : "x"),
      named("output-channels", "label output", places.y + THICK / 2, top + y + font + 2, data.labels.units),
      named("kernel", "label kernel", places.W + x / 2, top + y + font + 2, data.labels.matrix),
      named("input", "label input", places.x + THICK / 2, top + x + bias + font + 2, data.labels.inputs),
    );
  }

  place() {}

  locate() {
    return undefined;
  }
}

function bar(term, x, y, width, height, role) {
  return [svg("rect", { class: `bar ${role}`, "data-term": term, x, y, width, height })];
}

function word(name, x, y, text) {
  return svg("text", { class: name, x, y, "text-anchor": "middle", text });
}

function named(term, name, x, y, text) {
  const label = word(name, x, y, text);
  label.dataset.term = term;
  return label;
}
