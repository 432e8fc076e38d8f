// Strokes as a short text for links, and back: a width, where it begins, and the moves from point to point.

/** Write strokes, or nothing if the text would be too long. */
function writeStrokes(strokes, { symbols, outside, middle, longest, widths }) {
  const pair = (value) => symbols[value >> 6] + symbols[value & 63];
  const text = strokes.map(({ width, points }) => {
    const places = points.map((point) => point.map((value) => 2 * value + outside));
    const moves = places.slice(1).map(([x, y], at) => symbols[x - places[at][0] + middle] + symbols[y - places[at][1] + middle]);
    return symbols[width - widths[0]] + places[0].map(pair).join("") + moves.join("");
  }).join(".");
  return text.length > longest ? "" : text;
}

/** Read strokes; the page has looked at the text. */
function readStrokes(text, { symbols, outside, middle, widths }) {
  if (!text) return [];
  return text.split(".").map((stroke) => {
    const [width, x, x2, y, y2, ...moves] = [...stroke].map((symbol) => symbols.indexOf(symbol));
    const place = [64 * x + x2, 64 * y + y2];
    const points = [[...place]];
    for (let at = 0; at < moves.length; at += 2) {
      place[0] += moves[at] - middle;
      place[1] += moves[at + 1] - middle;
      points.push([...place]);
    }
    return { width: width + widths[0], points: points.map((point) => point.map((value) => (value - outside) / 2)) };
  });
}

/** Add a point to a stroke: the last one follows the pen, the others keep their distance, and none is far away. */
function addPoint(points, [x, y]) {
  const [near, far] = [4, 15];
  const before = points.at(-2);
  if (before && Math.hypot(points.at(-1)[0] - before[0], points.at(-1)[1] - before[1]) < near) points.pop();
  const [fromX, fromY] = points.at(-1);
  const pieces = Math.max(1, Math.ceil(Math.max(Math.abs(x - fromX), Math.abs(y - fromY)) / far));
  for (let at = 1; at <= pieces; at += 1) {
    points.push([half(fromX + ((x - fromX) * at) / pieces), half(fromY + ((y - fromY) * at) / pieces)]);
  }
}

/** Round to half pixels. */
function half(value) {
  return Math.round(2 * value) / 2;
}
