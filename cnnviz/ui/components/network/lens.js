// A map large enough to point at its pixels: the image on the left, the chosen map on the right.

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

class Lens {
  /** `act` is told of the cell that is looked at, and of the one that was pressed. */
  constructor(role, act) {
    this.caption = html("figcaption");
    this.canvas = html("canvas", { "aria-hidden": "true" });
    this.area = new Outline("area");
    this.cell = new Outline("cell");
    this.board = html("div", { class: "pixels", role: "application", tabindex: 0 }, this.canvas, this.area.element, this.cell.element);
    this.element = html("figure", { class: `lens ${role}` }, this.caption, this.board);
    this.listen(act);
  }

  listen(act) {
    const { board } = this;
    const below = (event) => cellBelow(event, this.canvas, this.rows, this.columns);
    board.onpointermove = (event) => event.pointerType !== "touch" && act.look(below(event));
    board.onpointerleave = () => act.look();
    board.onblur = () => act.look();
    board.onclick = (event) => act.press(below(event));
    board.onkeydown = (event) => {
      const step = STEPS[event.key];
      if (step) act.look((this.walker = this.within(step)));
      else if (event.key === "Enter" && this.walker) act.press(this.walker);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
  }

  within([down, right]) {
    const [row, column] = this.walker ?? [0, -1];
    const inside = (value, length) => Math.max(0, Math.min(length - 1, value));
    return [inside(row + down, this.rows), inside(column + right, this.columns)];
  }

  load(title, values, first, [rows, columns], scale) {
    Object.assign(this, { values, first, rows, columns });
    write(this.caption, title);
    this.board.setAttribute("aria-label", `${title}, ${rows} rows, ${columns} columns`);
    paintMap(this.canvas, values, first, rows, columns, scale);
    this.walker = undefined;
  }

  fit(side) {
    const longest = Math.max(this.rows, this.columns);
    this.board.style.width = `${(side * this.columns) / longest}px`;
    this.board.style.height = `${(side * this.rows) / longest}px`;
  }

  valueAt([row, column]) {
    return this.values[this.first + row * this.columns + column];
  }

  /** Outline one cell, or rows and columns of cells. */
  mark(cell, spans) {
    this.cell.around(cell && cell.map((at) => [at, at]), this.rows, this.columns);
    this.area.around(spans, this.rows, this.columns);
  }
}
