// A grid of numbers: fill shows value, outline shows role. The fill is an image of one pixel a cell, so
// that thousands of cells cost no more than nine; numbers are drawn only where there is room to read them.

const LINE = 0.62; // the largest part of a cell that letters may be high
const measuring = document.createElement("canvas").getContext("2d");

/** The most characters among many numbers, and the widest of them in em, as the browser will draw it. */
function extremes(values, family) {
  measuring.font = `500 100px ${family}`;
  const texts = new Map(); // one text of each length is enough: figures are equally wide
  for (const value of values) {
    const text = brief(value);
    texts.set(text.includes(".") ? -text.length : text.length, text);
  }
  const widths = [...texts.values()].map((text) => measuring.measureText(text).width / 100);
  return { longest: Math.max(...[...texts.keys()].map(Math.abs)), widest: Math.max(...widths) };
}

class Grid {
  /** `role` names the colour of the outline: input, kernel or output. */
  constructor(role, title) {
    this.role = role;
    this.title = title;
    this.texts = [];
    this.caption = html("figcaption");
    this.image = html("canvas", { class: "fill", "aria-hidden": "true" });
    this.hatch = svg("path", { class: "hatch", "fill-rule": "evenodd" });
    this.lines = svg("path", { class: "lines" });
    this.frame = svg("rect", { class: "frame" });
    this.labels = svg("g", { class: "labels" });
    this.marks = svg("path", { class: "marks" });
    this.cursor = svg("rect", { class: "cursor", rx: 2 });
    const drawing = [hatching(), this.hatch, this.lines, this.frame, this.labels, this.marks, this.cursor];
    this.picture = svg("svg", { class: "picture", "aria-hidden": "true" }, ...drawing);
    this.board = html("div", { class: "board", role: "application", tabindex: 0 }, this.image, this.picture);
    this.legend = new Legend();
    this.element = html("figure", { class: `grid ${role}` }, this.caption, this.board, this.legend.element);
  }

  /** Take new numbers: rows of values; `padding` is top, bottom, left, right. */
  load(values, padding, scale) {
    this.values = values;
    Object.assign(this, extremes(values.flat(), getComputedStyle(this.board).fontFamily || "sans-serif"));
    this.padding = padding;
    this.scale = scale;
    this.rows = values.length;
    this.columns = values[0].length;
    this.legend.load(scale);
  }

  describe(text) {
    write(this.caption, text);
    this.board.setAttribute("aria-label", text);
  }

  /** The side a cell needs for its longest number, in letters of `font` pixels. */
  needed(font) {
    return Math.ceil(Math.max(this.widest * font + 7, font / LINE));
  }

  /** Set width and height of a cell; numbers appear if the font is not 0. */
  measure(cell, font, high = cell) {
    Object.assign(this, { cell, font, high });
    const [width, height] = [this.columns * cell, this.rows * high];
    this.board.style.cssText = `width:${width}px;height:${height}px;--cell:${cell}px;--font:${font}px;--lifted:${Math.min(font, 0.42 * cell)}px`;
    this.element.style.minWidth = `${width}px`; // caption and legend may shrink, the cells may not
    this.picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.drawLines(width, height);
    this.paint();
  }

  drawLines(width, height) {
    const { cell, high, rows, columns } = this;
    const [top, bottom, left, right] = this.padding.map((cells, side) => cells * (side < 2 ? high : cell));
    let lines = "";
    for (let row = 1; row < rows && high > 5; row++) lines += `M0 ${row * high}H${width}`;
    for (let column = 1; column < columns && cell > 5; column++) lines += `M${column * cell} 0V${height}`;
    this.lines.setAttribute("d", lines);
    const inner = { x: left, y: top, width: width - left - right, height: height - top - bottom };
    for (const [name, value] of Object.entries(inner)) this.frame.setAttribute(name, value);
    const hole = `M${left} ${top}h${inner.width}v${inner.height}h${-inner.width}z`;
    this.hatch.setAttribute("d", `M0 0H${width}V${height}H0z${hole}`);
  }

  /** Draw every cell anew. */
  paint() {
    this.image.width = this.columns;
    this.image.height = this.rows;
    this.brush = this.image.getContext("2d");
    const wanted = this.font ? this.rows * this.columns : 0;
    while (this.texts.length < wanted) this.texts.push(this.labels.appendChild(svg("text")));
    this.texts.splice(wanted).forEach((text) => text.remove());
    for (let row = 0; row < this.rows; row++) {
      for (let column = 0; column < this.columns; column++) this.paintCell(row, column);
    }
  }

  /** Draw one cell; `label` replaces its number. */
  paintCell(row, column, label) {
    const value = this.values[row][column];
    const empty = value === undefined;
    const bare = empty || this.isPadding(row, column);
    this.brush.clearRect(column, row, 1, 1);
    if (!bare) {
      this.brush.fillStyle = this.scale.fill(value);
      this.brush.fillRect(column, row, 1, 1);
    }
    const text = this.texts[row * this.columns + column];
    if (!text) return;
    write(text, label ?? (empty ? "" : brief(value)));
    text.setAttribute("x", (column + 0.5) * this.cell);
    text.setAttribute("y", (row + 0.5) * this.high);
    text.setAttribute("fill", bare ? "var(--muted)" : this.scale.ink(value));
  }

  isPadding(row, column) {
    const [top, bottom, left, right] = this.padding;
    return row < top || column < left || row >= this.rows - bottom || column >= this.columns - right;
  }

  /** Outline cells, given as [row, column]. */
  mark(cells, role = this.role) {
    this.marks.setAttribute("d", border(cells, this.columns, this.cell, this.high));
    this.marks.style.stroke = `var(--${role})`;
  }

  /** Show where the keyboard is; undefined hides it. */
  point(at) {
    this.cursor.style.display = at ? "" : "none";
    if (!at) return;
    const { cell, high } = this;
    const box = { x: at[1] * cell + 2, y: at[0] * high + 2, width: cell - 4, height: high - 4 };
    for (const [name, value] of Object.entries(box)) this.cursor.setAttribute(name, value);
  }

  /** Find the cell below the pointer. */
  locate(event) {
    const box = this.board.getBoundingClientRect();
    const row = Math.floor((event.clientY - box.top) / this.high);
    const column = Math.floor((event.clientX - box.left) / this.cell);
    const inside = row >= 0 && column >= 0 && row < this.rows && column < this.columns;
    return inside ? [row, column] : undefined;
  }
}

/** The border around cells, without lines between neighbours. */
function border(cells, columns, wide, high) {
  const index = ([row, column]) => (row + 1) * (columns + 2) + column + 1;
  const marked = new Set(cells.map(index));
  const edges = ([row, column]) => {
    const [x, y, at] = [column * wide, row * high, index([row, column])];
    const above = marked.has(at - columns - 2) ? "" : `M${x} ${y}h${wide}`;
    const below = marked.has(at + columns + 2) ? "" : `M${x} ${y + high}h${wide}`;
    const before = marked.has(at - 1) ? "" : `M${x} ${y}v${high}`;
    const after = marked.has(at + 1) ? "" : `M${x + wide} ${y}v${high}`;
    return above + below + before + after;
  };
  return cells.map(edges).join("");
}

function hatching() {
  const pattern = { id: "hatching", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  return svg("defs", {}, svg("pattern", pattern, svg("line", { y2: 6, class: "hatch-line" })));
}

/** The colour scale with the numbers at its ends. */
class Legend {
  constructor() {
    [this.low, this.high] = [html("span"), html("span")];
    this.bar = html("i");
    this.element = html("div", { class: "legend" }, this.low, this.bar, this.high);
  }

  load(scale) {
    write(this.low, brief(-scale.limit));
    write(this.high, brief(scale.limit));
    this.element.setAttribute("aria-label", `Colours from ${exact(-scale.limit)} to ${exact(scale.limit)}, zero neutral`);
  }
}

/** The window that slides over the input: the weights it carries, an outline, a soft shadow. */
class SlidingFrame {
  constructor() {
    this.weights = svg("g");
    this.shadow = svg("path", { class: "shadow" });
    this.reach = svg("rect", { class: "reach" });
    this.outline = svg("path", { class: "outline" });
    this.element = svg("svg", { class: "sliding", "aria-hidden": "true" });
    this.element.append(this.shadow, this.reach, this.weights, this.outline);
  }

  /** Draw the kernel's cells, `dilation` apart, for cells of `cell` pixels; without numbers if `font` is 0. */
  measure(kernel, dilation, cell, font, scale, high = cell) {
    Object.assign(this, { cell, high });
    const places = kernel.flatMap((row, u) => row.map((weight, v) => [u * dilation[0], v * dilation[1], weight]));
    const extent = [kernel.length, kernel[0].length].map((size, axis) => dilation[axis] * (size - 1) + 1);
    this.weights.replaceChildren(...(font ? places.map((place) => strip(place, cell, font, scale)) : []));
    const spread = dilation.some((step, axis) => step > 1 && [kernel.length, kernel[0].length][axis] > 1);
    const boxes = spread ? places.map(([row, column]) => [column, row, 1, 1]) : [[0, 0, extent[1], extent[0]]];
    const around = (margin) => boxes.map((box) => boxPath(box, cell, high, margin)).join("");
    this.outline.setAttribute("d", around(0));
    this.shadow.setAttribute("d", around(2));
    this.reach.setAttribute("width", extent[1] * cell);
    this.reach.setAttribute("height", extent[0] * high);
    this.element.style.strokeWidth = Math.max(2, Math.min(4, Math.min(cell, high) / 11));
  }

  /** Move the first cell to a row and column of the grid. */
  moveTo(row, column) {
    this.element.style.transform = `translate(${column * this.cell}px, ${row * this.high}px)`;
  }
}

/** The path around a box of cells, `margin` pixels outside it. */
function boxPath([column, row, columns, rows], cell, high, margin) {
  const [width, height] = [columns * cell + 2 * margin, rows * high + 2 * margin];
  return `M${column * cell - margin} ${row * high - margin}h${width}v${height}h${-width}z`;
}

/** One weight, on the lower part of the cell it meets. */
function strip([row, column, weight], cell, font, scale) {
  const height = Math.round(cell * 0.44);
  const [x, y] = [column * cell, (row + 1) * cell - height];
  const fill = scale.fill(weight);
  const box = svg("rect", { x: x + 1, y, width: cell - 2, height: height - 1, fill, class: "strip" });
  const place = { x: x + cell / 2, y: y + height / 2, fill: scale.ink(weight), "font-size": font };
  return svg("g", {}, box, svg("text", { ...place, text: brief(weight) }));
}
