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
function tipLines(lesson, { kind, cell: [row, column] }) {
  const { geometry, grids } = lesson;
  const place = (name, [top, left] = [0, 0]) => `${name} row ${row + 1 - top}, column ${column + 1 - left}`;
  if (kind === "kernel") {
    return [place("Weight"), exact(lesson.kernel[row][column]), `meets ${many(geometry.stops, "input cell")}`];
  }
  if (kind === "output") {
    const hidden = lesson.isHidden(geometry.stepOf([row, column]));
    return [place("Output"), hidden ? "?" : exact(lesson.output[row][column]), `sum of ${many(geometry.weights().length, "product")}`];
  }
  const feeds = `feeds ${geometry.feeds([row, column]).length} of ${many(geometry.stops, "output")}`;
  if (grids.input.isPadding(row, column)) return ["Padding", "0", feeds];
  return [place("Input", [grids.input.padding[0], grids.input.padding[2]]), exact(lesson.operands[row][column]), feeds];
}

/** Put the tip beside the cell that is looked at. */
function showTip(lesson, at) {
  const { tip, root } = lesson;
  tip.hidden = !at || at.kind === "term";
  if (tip.hidden) return;
  const grid = lesson.grids[at.kind];
  const [where, value, joined] = tipLines(lesson, at);
  const pencil = lesson.pin && lesson.canEdit(at) ? [html("span", { class: "hint", text: "Enter or tap again to edit" })] : [];
  tip.replaceChildren(html("span", { text: where }), html("b", { text: value }), html("span", { text: joined }), ...pencil);
  const [board, home] = [grid.board.getBoundingClientRect(), root.getBoundingClientRect()];
  const x = board.left - home.left + (at.cell[1] + 1) * grid.cell + 8;
  const y = board.top - home.top + (at.cell[0] + 1) * grid.cell + 8;
  const left = x + tip.offsetWidth > home.width ? x - tip.offsetWidth - grid.cell - 16 : x;
  tip.style.transform = `translate(${Math.round(Math.max(0, left))}px, ${Math.round(y)}px)`;
}

/** Hear the pointer and the keyboard on one grid. */
function watchGrid(lesson, kind, grid) {
  const { board } = grid;
  const at = (cell) => cell && { kind, cell };
  let touched = false;
  let last = "";
  board.tabIndex = 0;
  board.onpointerdown = (event) => {
    touched = event.pointerType === "touch";
    if (event.target !== lesson.editor.field) lesson.takeFocus(event);
  };
  board.onpointermove = (event) => {
    // A key may move things under a pointer at rest: only a pointer that reached another cell looks.
    const place = `${event.clientX} ${event.clientY}`;
    if (event.pointerType !== "touch" && place !== last) lesson.look(at(grid.locate(event)));
    last = place;
  };
  board.onpointerleave = () => lesson.look(undefined);
  board.onclick = (event) => {
    const cell = grid.locate(event);
    if (cell && event.target !== lesson.editor.field) lesson.press(at(cell), touched);
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
