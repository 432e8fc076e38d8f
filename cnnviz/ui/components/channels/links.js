// Looking: what lights up for a cell or a sum, and what is said about it.

/** What belongs to what is looked at; `place` is the output cell shown. */
function linksOf(geometry, at, place) {
  const links = { input: [], kernel: [], output: [place], term: -1, channel: at?.channel };
  if (at?.kind === "input") {
    const cell = [at.plane, ...at.cell];
    links.input = [cell];
    links.output = geometry.feeds(cell);
    links.term = geometry.termOf(place, cell);
    if (links.term >= 0) links.kernel = [geometry.weights()[links.term]];
  } else if (at?.kind === "kernel") {
    const weight = [at.plane, ...at.cell];
    links.kernel = [weight];
    links.input = geometry.meets(weight);
    links.term = geometry.termAt(weight);
  } else if (at?.kind === "term") {
    links.term = at.index;
    links.kernel = [geometry.weights()[at.index]];
    links.input = [geometry.met(place, links.kernel[0])];
  }
  return links;
}

function many(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** What there is to say about a cell or a sum: where it is, its full value, what it is joined to. */
function told(lesson, at) {
  if (!at) return hint(lesson);
  const { geometry, page } = lesson;
  const name = page.names[at.channel];
  const edit = lesson.pin && lesson.canEdit(at) ? `; ${lesson.touched ? "tap it again" : "press Enter"} to edit it` : "";
  if (at.kind === "sum") return `The partial sum of ${name}: the window over ${name} times its slice of the filter.`;
  if (at.kind === "term") return `Product ${at.index + 1} of ${geometry.weights().length} in the partial sum of ${name}.`;
  const where = placeName(lesson, at);
  const value = exact(lesson.valueOf(at));
  if (at.kind === "kernel") return `Weight of ${name} in ${where} is ${value}; it meets ${many(geometry.stops, "cell")}, one at each stop${edit}.`;
  if (at.kind === "partial") return `Partial map of ${name} in ${where} is ${value}; with the other channels and the bias it makes the output.`;
  if (at.kind === "output") return `Output in ${where} is ${lesson.isHidden([at.plane, ...at.cell]) ? "hidden until you step" : value}.`;
  if (!lesson.isRead(at.channel)) return `Channel ${name} in ${where} is ${value}; the filter shown does not read this channel${edit}.`;
  const feeds = `it feeds ${geometry.feeds([at.plane, ...at.cell]).length} of ${many(geometry.stops, "output")}`;
  if (lesson.gridOf(at).isPadding(...at.cell)) return `Padding is 0; ${feeds}.`;
  return `Channel ${name} in ${where} is ${value}; ${feeds}${edit}.`;
}

/** Name the plane, row and column of a cell. */
function placeName(lesson, { kind, plane, cell: [row, column] }) {
  const [top, left] = kind === "input" ? [lesson.margins[0], lesson.margins[2]] : [0, 0];
  const deep = lesson.page.inputs[0].length > 1 ? `plane ${plane + 1}, ` : "";
  return `${deep}row ${row + 1 - top}, column ${column + 1 - left}`;
}

/** What a reader who does nothing may want to know. */
function hint({ page, touched }) {
  if (page.present) return "";
  const sums = `${touched ? "Tap" : "Point at"} a partial sum to see its products`;
  const edit = page.editable ? (touched ? ", again to edit it" : "; double-click a cell to edit it") : "";
  if (touched) return `${sums}; tap a cell to see what it is joined to${edit}.`;
  return `Space plays, arrow keys step. ${sums}, at a cell to see what it is joined to${edit}.`;
}
