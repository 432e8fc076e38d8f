// Looking: what lights up for a cell or a term, what the tip says, and how the pointer gets there.

/** The cells that belong to what is looked at; `cell` is the output cell shown. */
function linksOf(geometry, at, cell) {
  const links = { input: [], kernel: [], output: [cell], term: -1 };
  const weightAt = (term) => [Math.floor(term / geometry.kernel[1]), term % geometry.kernel[1]];
  if (at?.kind === "input") {
    links.input = [at.cell];
    links.output = geometry.feeds(at.cell);
    links.term = geometry.termOf(cell, at.cell);
    if (links.term >= 0) links.kernel = [weightAt(links.term)];
  } else if (at?.kind === "kernel") {
    links.kernel = [at.cell];
    links.input = geometry.meets(at.cell);
    links.term = at.cell[0] * geometry.kernel[1] + at.cell[1];
  } else if (at?.kind === "term") {
    links.term = at.index;
    links.kernel = [weightAt(at.index)];
    links.input = [geometry.met(cell, links.kernel[0])];
  }
  return links;
}

function many(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** What there is to say about a cell: where it is, its full value, what it is joined to. */
function told(lesson, at) {
  const { geometry, grids } = lesson;
  if (!at) return hint(lesson);
  if (at.kind === "term") return aboutTerm(lesson, at.index);
  const [row, column] = at.cell;
  const place = (top = 0, left = 0) => `row ${row + 1 - top}, column ${column + 1 - left}`;
  const edit = lesson.pin && lesson.canEdit(at) ? `; ${lesson.touched ? "tap it again" : "press Enter"} to edit it` : "";
  if (at.kind === "kernel") {
    const meets = `it meets ${many(geometry.stops, "input cell")}, one at each stop`;
    return `Weight in ${place()} is ${exact(lesson.kernel[row][column])}; ${meets}${edit}.`;
  }
  if (at.kind === "output") {
    const hidden = lesson.isHidden(at.cell);
    return `Output in ${place()} is ${hidden ? "hidden until you step" : exact(lesson.output[row][column])}.`;
  }
  const feeds = `it feeds ${geometry.feeds(at.cell).length} of ${many(geometry.stops, "output")}`;
  if (grids.input.isPadding(row, column)) return `Padding is 0; ${feeds}.`;
  const where = place(grids.input.padding[0], grids.input.padding[2]);
  return `Input in ${where} is ${exact(lesson.operands[row][column])}; ${feeds}${edit}.`;
}

/** Name a product with all its digits. */
function aboutTerm(lesson, index) {
  const { value, weight, product, soFar } = lesson.sum.numbers[index];
  const sum = lesson.sum.hidden ? "" : `, sum so far ${exact(soFar)}`;
  return `Product ${index + 1} of ${lesson.sum.numbers.length}: ${exact(value)} × ${exact(weight)} = ${exact(product)}${sum}.`;
}

/** What a reader who does nothing may want to know. */
function hint({ page, touched }) {
  if (page.present) return "";
  if (touched) return `Tap a cell to see what it is joined to${page.editable ? "; tap it again to edit it" : ""}.`;
  const edit = page.editable ? "; double-click it to edit it" : "";
  return `Space plays, arrow keys step. Point at a cell to see what it is joined to${edit}.`;
}

/** Hear the pointer and the keyboard on one grid. */
function watchGrid(lesson, kind, grid) {
  const { board } = grid;
  const at = (cell) => cell && { kind, cell };
  let last = "";
  board.onpointerdown = (event) => {
    lesson.touched = event.pointerType === "touch";
    if (event.target !== lesson.editor.field) lesson.takeFocus(event);
  };
  board.onmousedown = (event) => event.target !== lesson.editor.field && event.preventDefault(); // selects no text
  board.onpointermove = (event) => {
    // A key may move things under a pointer at rest: only a pointer that reached another cell looks.
    const place = `${event.clientX} ${event.clientY}`;
    if (event.pointerType !== "touch" && place !== last) lesson.look(at(grid.locate(event)));
    last = place;
  };
  board.onpointerleave = () => lesson.look(undefined);
  board.onclick = (event) => {
    const cell = grid.locate(event);
    if (cell && event.target !== lesson.editor.field) lesson.press(at(cell));
  };
  board.ondblclick = (event) => {
    const cell = grid.locate(event);
    if (cell && !lesson.editor.open) lesson.editAt(at(cell));
  };
  board.onfocus = () => board.matches(":focus-visible") && walk(lesson, kind, grid, [0, 0]);
  board.onblur = () => grid.point(undefined);
  board.onkeydown = (event) => stride(lesson, kind, grid, event);
}

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Walk the cells of a focused input or kernel with the arrows; on the output the arrows move the window. */
function stride(lesson, kind, grid, event) {
  const move = MOVES[event.key];
  if (!move || kind === "output" || event.target !== grid.board || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  const [row, column] = grid.walker ?? [0, 0];
  walk(lesson, kind, grid, [row + move[0], column + move[1]]);
}

/** Put the keyboard's cursor on a cell and look at it. */
function walk(lesson, kind, grid, [row, column]) {
  if (kind === "output") return;
  const within = (value, length) => Math.max(0, Math.min(length - 1, value));
  grid.walker = [within(row, grid.rows), within(column, grid.columns)];
  grid.point(grid.walker);
  lesson.look({ kind, cell: grid.walker });
}
