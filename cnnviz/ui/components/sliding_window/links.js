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
  const place = (top = 0, left = 0) => named(lesson, row - top, column - left);
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

/** Name a place on a grid; a series has no rows. */
function named({ page }, row, column) {
  return page.line === "dot" ? `place ${column + 1}` : `row ${row + 1}, column ${column + 1}`;
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
