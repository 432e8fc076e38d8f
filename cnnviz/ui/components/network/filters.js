// The filters of a layer, large, with their numbers: each lies in the order of the maps it makes.

class Filters {
  constructor(root) {
    this.root = root;
    this.field = html("div", { class: "filter-row" });
    this.line = html("div", { class: "told", "aria-live": "polite" });
    root.append(this.field, this.line);
    this.observer = new ResizeObserver(() => this.measure());
    this.observer.observe(root);
  }

  close() {
    this.observer.disconnect();
    this.root.remove();
  }

  update(page, send) {
    Object.assign(this, { page, send });
    const name = appearance(this.root);
    this.grids = page.filters.map((slices, number) =>
      revive(slices).map((rows, slice) => {
        const grid = new Grid("kernel", "Filter");
        grid.load(rows, [0, 0, 0, 0], new Scale(page.end, page.themes, name));
        grid.describe(slices.length > 1 ? `Filter ${number + 1}, slice ${slice + 1}` : `Filter ${number + 1}`);
        grid.legend.element.hidden = true;
        grid.board.onclick = () => send.setTriggerValue("choose", { layer: page.layer, map: number });
        grid.board.onkeydown = (event) => event.key === "Enter" && grid.board.onclick();
        grid.board.style.cursor = "pointer";
        grid.board.onpointermove = (event) => this.tell(grid, grid.locate(event));
        grid.board.onpointerleave = () => this.tell();
        return grid;
      }),
    );
    this.field.replaceChildren(...this.grids.flat().map(({ element }) => element));
    this.measured = undefined;
    this.measure();
    this.tell();
  }

  tell(grid, cell) {
    if (!cell) return write(this.line, this.page.hint);
    const value = exact(Number(grid.values[cell[0]][cell[1]].toPrecision(6)));
    return write(this.line, `${grid.caption.textContent}, row ${cell[0] + 1}, column ${cell[1] + 1}: weight ${value}`);
  }

  measure() {
    const width = this.root.clientWidth;
    if (!width || !this.page || this.measured === width) return;
    this.measured = width;
    const grids = this.grids.flat();
    const columns = width < 620 ? 2 : Math.min(grids.length, 8);
    const cell = Math.floor(Math.min(46, (width - 14 * (columns - 1)) / columns / grids[0].columns));
    let font = 16;
    while (font >= SMALLEST && grids.some((each) => each.needed(font) > cell)) font -= 0.5;
    for (const each of grids) each.measure(cell, font >= SMALLEST ? font : 0);
  }
}
