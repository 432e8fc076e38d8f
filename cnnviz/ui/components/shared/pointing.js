// How the pointer and the keyboard get to a cell of a grid.

/** Hear them on one grid; `at(cell)` names a cell to the lesson, `walks` says whether arrows walk the cells. */
function watchGrid(lesson, grid, at, walks) {
  const { board } = grid;
  const look = (cell) => lesson.look(cell && at(cell));
  let last = "";
  board.onpointerdown = (event) => {
    lesson.touched = event.pointerType === "touch";
    if (event.target !== lesson.editor.field) lesson.takeFocus(event);
  };
  board.onmousedown = (event) => event.target !== lesson.editor.field && event.preventDefault(); // selects no text
  board.onpointermove = (event) => {
    // A key may move things under a pointer at rest: only a pointer that reached another cell looks.
    const place = `${event.clientX} ${event.clientY}`;
    if (event.pointerType !== "touch" && place !== last) look(grid.locate(event));
    last = place;
  };
  board.onpointerleave = () => look(undefined);
  board.onclick = (event) => {
    const cell = grid.locate(event);
    if (cell && event.target !== lesson.editor.field) lesson.press(at(cell));
  };
  board.ondblclick = (event) => {
    const cell = grid.locate(event);
    if (cell && !lesson.editor.open) lesson.editAt(at(cell));
  };
  board.onblur = () => grid.point(undefined);
  board.onfocus = () => walks && board.matches(":focus-visible") && look(walk(grid, [0, 0]));
  board.onkeydown = (event) => {
    const cell = walks && stride(grid, event);
    if (cell) look(cell);
  };
}

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Take an arrow that walks the cells of the focused grid, and give the cell it leads to. */
function stride(grid, event) {
  const move = MOVES[event.key];
  if (!move || event.target !== grid.board || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  event.preventDefault();
  event.stopPropagation();
  const [row, column] = grid.walker ?? [0, 0];
  return walk(grid, [row + move[0], column + move[1]]);
}

/** Put the keyboard's cursor on a cell, within the grid. */
function walk(grid, [row, column]) {
  const within = (value, length) => Math.max(0, Math.min(length - 1, value));
  grid.walker = [within(row, grid.rows), within(column, grid.columns)];
  grid.point(grid.walker);
  return grid.walker;
}
