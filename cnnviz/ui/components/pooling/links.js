// What happens at a stop, which outputs a cell feeds and wins, and what there is to say about it.

const KINDS = { max: "maximum", min: "minimum", mean: "mean" };

function alike([row, column], [otherRow, otherColumn]) {
  return row === otherRow && column === otherColumn;
}

/** Everything about the window of one output: its cells without padding, their values, the winner and who ties. */
function stopAt(lesson, cell) {
  const { geometry, grids, values, output, page } = lesson;
  const met = geometry.weights().map((weight) => geometry.met(cell, weight));
  const cells = met.filter((place) => !grids.input.isPadding(...place));
  const operands = cells.map(([row, column]) => values[row][column]);
  const [value, hidden] = [output[cell[0]][cell[1]], lesson.isHidden(cell)];
  const won = winnerOf(lesson, cell);
  const winner = won && cells.findIndex((place) => alike(place, won));
  const ties = range(won ? cells.length : 0).filter((at) => at !== winner && operands[at] === value);
  return { kind: page.kind, cell, cells, operands, winner, ties, value, hidden, padding: met.length - cells.length };
}

/** The padded cell that won an output, or undefined in a mean. */
function winnerOf({ winners, geometry, margins }, [row, column]) {
  if (!winners) return undefined;
  const flat = winners[row][column];
  const across = geometry.input[1];
  return [Math.floor(flat / across) + margins[0], (flat % across) + margins[2]];
}

/** The outputs a cell wins, and those it feeds without winning; unknown wins are not told. */
function linksOf(lesson, cell) {
  const feeds = lesson.geometry.feeds(cell);
  const isWon = (output) => !lesson.winners || (!lesson.isHidden(output) && alike(winnerOf(lesson, output), cell));
  return { won: feeds.filter(isWon), fed: feeds.filter((output) => !isWon(output)) };
}

function many(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Say what there is to know about a cell, or about the present stop. */
function told(lesson, at, stop) {
  if (!at) return aboutStop(stop) || hint(lesson);
  const { grids } = lesson;
  if (at.kind === "term") return aboutTerm(lesson, stop, at.index);
  const [row, column] = at.cell;
  if (at.kind === "output") return aboutOutput(lesson, stop);
  if (grids.input.isPadding(row, column)) return `Padding never ${stop.kind === "mean" ? "counts" : "wins"}.`;
  const edit = lesson.pin && lesson.canEdit(at) ? `; ${lesson.touched ? "tap it again" : "press Enter"} to edit it` : "";
  return `Input in ${place(lesson, at.cell)} is ${exact(lesson.values[row][column])}; ${aboutFeeds(lesson, at.cell)}${edit}.`;
}

function place({ margins }, [row, column]) {
  return `row ${row + 1 - margins[0]}, column ${column + 1 - margins[2]}`;
}

/** Which outputs a cell feeds, how often it wins, and what that means for its gradient. */
function aboutFeeds(lesson, cell) {
  const { won, fed } = linksOf(lesson, cell);
  const feeds = won.length + fed.length;
  if (!feeds) return "no window reads it";
  const fact = `it feeds ${feeds} of ${many(lesson.geometry.stops, "output")}`;
  if (!lesson.winners) return `${fact} and gets a share of the gradient of ${feeds === 1 ? "it" : "each"}`;
  if (fed.some((output) => lesson.isHidden(output))) return fact;
  if (!won.length) return `${fact}, wins none and gets no gradient`;
  const wins = feeds === 1 ? "wins it" : `wins ${won.length === feeds ? "all" : won.length}`;
  return `${fact}, ${wins} and gets ${won.length === 1 ? "its" : "their"} gradient`;
}

/** What is particular about a stop: cells that tie, cells in the padding. */
function aboutStop({ kind, operands, ties, value, hidden, padding }) {
  const tie = `${ties.length + 1} cells hold ${brief(value)}: the first in reading order wins and gets the whole gradient.`;
  const out = kind === "mean" ? `the mean is of ${operands.length}` : `${many(operands.length, "cell")} ${operands.length === 1 ? "is" : "are"} left`;
  const missed = `${many(padding, "cell")} of the window ${padding === 1 ? "is" : "are"} padding; ${out}.`;
  return [ties.length && !hidden ? tie : "", padding ? missed : ""].filter(Boolean).join(" ");
}

function aboutOutput(lesson, { kind, cell, cells, winner, value, hidden }) {
  const where = `Output in row ${cell[0] + 1}, column ${cell[1] + 1}`;
  if (hidden) return `${where} is hidden until you step.`;
  const won = winner === undefined ? "" : `; the input in ${place(lesson, cells[winner])} wins`;
  return `${where} is ${exact(value)}, the ${KINDS[kind]} of ${many(cells.length, "cell")}${won}.`;
}

function aboutTerm(lesson, { cells, operands, winner, hidden }, index) {
  const wins = index === winner && !hidden ? "; it wins" : "";
  return `Cell ${index + 1} of ${cells.length}, ${place(lesson, cells[index])}: ${exact(operands[index])}${wins}.`;
}

/** Tell a stop to those who do not see it. */
function sentence({ kind, cell, cells, value, hidden }) {
  const told = hidden ? "hidden" : exact(value);
  return `Row ${cell[0] + 1}, column ${cell[1] + 1}: the ${KINDS[kind]} of ${many(cells.length, "cell")} is ${told}`;
}

/** What a reader who does nothing may want to know. */
function hint({ page, touched, winners }) {
  if (page.present) return "";
  const edit = page.editable;
  const wins = winners ? " and wins" : "";
  if (touched) return `Tap an input to see which outputs it feeds${wins}${edit ? "; tap it again to edit it" : ""}.`;
  return `Space plays, arrow keys step. Point at an input to see which outputs it feeds${wins}${edit ? "; double-click it to edit it" : ""}.`;
}
