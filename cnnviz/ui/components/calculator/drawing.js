// The layer as a drawing to scale: what it reads, its kernel, what it gives, and one window in its place.

const ROOM = { tall: 216, deep: 96, font: 15, gap: 46, mark: 34, kernel: 34 };
const ROOM_LARGE = { tall: 290, deep: 120, font: 22, gap: 64, mark: 46, kernel: 46 };
const ROOM_SMALL = { tall: 170, deep: 40, font: 13, gap: 25, mark: 13, kernel: 26 };
// `kernel`: pixels a kernel has at least, drawn larger than to scale if it must be

class Drawing {
  constructor() {
    this.element = svg("svg", { class: "layer-picture", "aria-hidden": "true" });
  }

  draw(data, width) {
    Object.assign(this, { data, width });
    this.room = data.present ? ROOM_LARGE : width < 620 ? ROOM_SMALL : ROOM;
    this.element.style.fontSize = `${this.room.font}px`;
    this.measure();
    this.element.setAttribute("width", width);
    this.element.setAttribute("height", this.height);
    this.element.replaceChildren(hatching(), ...this.parts());
    this.place([0, 0]);
  }

  /** Find the scale at which everything has room, then make the three volumes. */
  measure() {
    const { data, width, room } = this;
    const [input, output] = [data.padded, data.output];
    const deepest = Math.max(data.input[0], output[0], data.kernel?.[0] ?? 0);
    const channel = room.deep / deepest;
    const kernelRoom = data.kernel ? room.gap + room.kernel * 2 + room.mark : room.mark;
    const depths = (data.input[0] + output[0]) * channel * SLANT.x;
    const across = (width - depths - kernelRoom - 3 * room.gap - room.mark) / (input[2] + output[2] + (data.kernel?.[2] ?? 0));
    const down = (room.tall - Math.max(data.input[0], output[0]) * channel * SLANT.y) / Math.max(input[1], output[1]);
    const cell = Math.max(0.02, Math.min(across, down, 26));
    this.scale = { cell, channel: Math.min(cell, channel) };
    this.input = new Volume("input", data.input, this.scale);
    this.output = new Volume("output", output, this.scale);
    this.noted = false;
    this.kernel = data.kernel && this.enlarged(data.kernel);
    const [top, bottom] = data.padding[0];
    this.pad = { top: top * cell, bottom: bottom * cell, left: data.padding[1][0] * cell, right: data.padding[1][1] * cell };
    const above = Math.max(this.input.tall + this.pad.top, this.output.tall, this.kernel?.tall ?? 0);
    this.height = Math.ceil(above + this.pad.bottom + (this.noted ? 3.2 : 2.2) * room.font + 10);
  }

  /** A small kernel is drawn larger by a whole number, and says so. */
  enlarged([channels, rows, columns]) {
    const { cell, channel } = this.scale;
    const wanted = this.room.kernel / (Math.max(rows, columns) * cell);
    this.larger = wanted > 1.4 ? Math.ceil(wanted) : 1;
    this.noted = this.larger > 1 && this.data.starts[0].length > 0;
    return new Volume("kernel", [channels, rows, columns], { cell: cell * this.larger, channel });
  }

  parts() {
    const { room, input, kernel, output, pad, data } = this;
    const floor = this.height - (this.noted ? 2.8 : 1.8) * room.font - pad.bottom;
    const used = pad.left + input.wide + pad.right + (kernel ? kernel.wide + 2 * room.mark + 2 * room.gap : 2 * room.mark) + output.wide + room.gap;
    let x = Math.max(room.gap, (this.width - used) / 2 + pad.left);
    const inputs = input.draw(x, floor - input.front.height);
    const padding = this.padding();
    x += input.wide + pad.right;
    const middle = [];
    if (kernel) {
      middle.push(this.mark("∗", x + room.mark / 2, floor));
      x += room.mark + room.gap;
      middle.push(kernel.draw(x, floor - kernel.front.height, Math.min(3, data.count)), ...kernel.labels(data.labels.kernel, room.font), this.countOf(x));
      x += kernel.wide + 8;
    }
    middle.push(this.mark(kernel ? "=" : "→", x + room.mark / 2, floor));
    x += room.mark + room.gap;
    const outputs = output.draw(x, floor - output.front.height);
    this.moving = svg("g", { class: "moving" });
    return [padding, inputs, ...this.leftOver(), ...middle, outputs, this.moving, ...input.labels(data.labels.input, room.font, pad), ...output.labels(data.labels.output, room.font)];
  }

  mark(text, x, floor) {
    const tall = Math.min(this.input.front.height, this.output.front.height, 90);
    return svg("text", { class: "mark", x, y: floor - Math.max(tall / 2, 14) + 8, "text-anchor": "middle", text });
  }

  /** How many kernels there are, and by how much they are drawn larger. */
  countOf(x) {
    const { kernel, data, room } = this;
    const group = svg("g");
    const y = kernel.y - Math.max(kernel.tall - kernel.front.height, 9) - room.font * 0.5;
    if (data.labels.count) group.append(svg("text", { class: "label kernel", "data-term": "kernel-count", x, y, text: data.labels.count }));
    const below = { x: x + kernel.front.width / 2, y: kernel.y + kernel.front.height + 2.4 * room.font, "text-anchor": "middle" };
    if (this.noted) group.append(svg("text", { class: "note", ...below, text: `drawn ${this.larger} × larger` }));
    return group;
  }

  padding() {
    const { input, pad } = this;
    const [x, y] = [input.x - pad.left, input.y - pad.top];
    const box = { x, y, width: input.front.width + pad.left + pad.right, height: input.front.height + pad.top + pad.bottom };
    if (!(pad.top || pad.bottom || pad.left || pad.right)) return svg("g");
    return svg("g", { "data-term": "padding", class: "padding" }, svg("rect", { class: "hatch", ...box }), svg("rect", { class: "padding-frame", ...box }));
  }

  /** The cells at the right and at the bottom that no window reaches. */
  leftOver() {
    const { input, pad, data, scale } = this;
    const [rows, columns] = data.left.map((cells) => cells && Math.max(3, cells * scale.cell));
    const [x, y] = [input.x - pad.left, input.y - pad.top];
    const [wide, tall] = [input.front.width + pad.left + pad.right, input.front.height + pad.top + pad.bottom];
    const strip = (box) => svg("rect", { class: "over", ...box });
    return [
      ...(columns ? [strip({ x: x + wide - columns, y, width: columns, height: tall })] : []),
      ...(rows ? [strip({ x, y: y + tall - rows, width: wide, height: rows })] : []),
    ];
  }

  /** Put the window to the place of one output. */
  place([row, column]) {
    const { data, moving } = this;
    if (!data.starts[0].length) return;
    const at = (row, column, name) => this.window(data.starts[0][row], data.starts[1][column], name);
    const next = column + 1 < data.starts[1].length ? [row, column + 1] : [Math.min(row + 1, data.starts[0].length - 1), column];
    moving.replaceChildren(at(...next, "next"), at(row, column, "now"), this.given(row, column), ...this.threads(row, column));
  }

  /** The outline of a window; through all channels it reads, for a convolution. */
  window(top, left, name) {
    const { input, data, scale } = this;
    const [x, y] = [input.x + left * scale.cell, input.y + top * scale.cell];
    const [wide, tall] = [data.extent[1] * scale.cell, data.extent[0] * scale.cell];
    const deep = Math.min(input.deep, (data.kernel?.[0] ?? 0) * scale.channel);
    const [dx, dy] = [deep * SLANT.x, -deep * SLANT.y];
    const behind = deep && name === "now" ? `M${x} ${y}l${dx} ${dy}h${wide}v${tall}l${-dx} ${-dy}M${x + wide} ${y}l${dx} ${dy}` : "";
    const group = svg("g", { class: `window ${name}`, "data-term": name === "now" ? "kernel" : "next" });
    group.append(svg("path", { class: "behind", d: behind }), svg("rect", { x, y, width: Math.max(2, wide), height: Math.max(2, tall) }));
    return group;
  }

  /** The output cell of the window. */
  given(row, column) {
    const { output, scale } = this;
    const size = Math.max(3, scale.cell);
    return svg("rect", { class: "given", x: output.x + column * scale.cell, y: output.y + row * scale.cell, width: size, height: size });
  }

  /** Lines from the window to its output, so that the eye finds one from the other. */
  threads(row, column) {
    const { input, output, data, scale } = this;
    const [top, left] = [input.y + data.starts[0][row] * scale.cell, input.x + data.starts[1][column] * scale.cell];
    const right = left + data.extent[1] * scale.cell;
    const [x, y] = [output.x + column * scale.cell, output.y + row * scale.cell];
    const line = (y1, y2) => svg("line", { class: "thread", x1: right, y1, x2: x, y2 });
    return [line(top, y), line(top + data.extent[0] * scale.cell, y + Math.max(3, scale.cell))];
  }

  /** Find the window of what lies below the pointer: an output, or the window that starts nearest. */
  locate(event) {
    const box = this.element.getBoundingClientRect();
    const point = [event.clientX - box.left, event.clientY - box.top];
    const { data } = this;
    if (!data.starts[0].length) return undefined;
    const output = this.output.locate(point);
    if (output) return output;
    const cell = this.input.locate(point);
    return cell && cell.map((place, axis) => nearest(data.starts[axis], place - (data.extent[axis] - 1) / 2));
  }
}

/** The index of the number nearest to a value. */
function nearest(numbers, value) {
  const far = numbers.map((number) => Math.abs(number - value));
  return far.indexOf(Math.min(...far));
}

function hatching() {
  const line = svg("path", { class: "hatch-line", d: "M0 9L9 0M-2 2L2 -2M7 11L11 7" });
  return svg("defs", {}, svg("pattern", { id: "hatching", width: 9, height: 9, patternUnits: "userSpaceOnUse" }, line));
}
