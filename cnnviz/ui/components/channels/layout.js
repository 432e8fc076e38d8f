// How large a cell is: all rows of channels in view together, numbers wherever they can be read.

const NARROW = 620; // below this width the output stands under the rows
const SNUG = 880; // below this one all stands closer together
const READABLE = { page: 11, present: 13, snug: 11, phone: 10 };
const LARGEST = { page: 22, present: 32, snug: 22, phone: 15 }; // fonts
const TALLEST = { page: 44, present: 64, snug: 44, phone: 30 }; // cells
const BESIDE = { page: 6, present: 6, snug: 4, phone: 4 }; // room in a cell beside its number
const SLICE = { page: 0.3, present: 0.3, snug: 0.45, phone: 0.3 }; // of the width, for slices whose numbers alone are shown
const TIGHT = 0.72; // the largest part of a cell that letters may be high, in cells wider than high
const SHARE = { page: 0.6, present: 0.73, snug: 0.5, phone: 0.6 }; // of the window's height that the rows take
const TOP = 26; // captions above the first row
const TITLE = { page: 96, present: 130, snug: 50, phone: 50 }; // width of the title of a filter
const FIXED = { page: 226, present: 280, snug: 160, phone: 46 }; // width of names, signs, sums and the junction
const RESULT = { page: [310, 240], present: [400, 320], snug: [200, 165], phone: [0, 0] }; // width of the output and what is below it

/** Choose cells and fonts for `shapes` (planes, rows, columns of each kind) and the room there is. */
function plan(shapes, widest, channels, room, present) {
  const mode = room.width < NARROW ? "phone" : present ? "present" : room.width < SNUG ? "snug" : "page";
  const least = mode === "phone" ? 40 : 44; // a row is never lower than its sum
  const lines = shapes.kernel[0] * shapes.kernel[1] * shapes.kernel[2] > MANY ? 24 : 0;
  const height = Math.max(least, (SHARE[mode] * room.height - TOP - lines) / channels - 8);
  const result = RESULT[mode][shapes.output[0] > 1 ? 1 : 0];
  const title = Math.max(0, TITLE[mode] - 24 * shapes.kernel[0] * shapes.kernel[2]);
  const width = room.width - FIXED[mode] - title - result - 8 * sum(KINDS, (kind) => shapes[kind][0] - 1);
  const high = Math.max(2, Math.min(TALLEST[mode], height / Math.max(...KINDS.map((kind) => shapes[kind][1]))));
  const sizes = numbered(shapes, widest, width, high, mode) ?? coloured(shapes, widest, width, height, high, mode);
  const space = result ? [result - 20, Math.min(0.42 * height * channels, 260)] : [room.width - 40, 150];
  return { mode, result, sizes: { ...sizes, output: lone(shapes.output, widest.output, ...space, TALLEST[mode], READABLE[mode]) } };
}

const KINDS = ["input", "kernel", "partial"];

function sum(items, count) {
  return items.reduce((total, item) => total + count(item), 0);
}

/** Find the largest font with which every number fits; undefined if it would be too small to be read. */
function numbered(shapes, widest, width, most, mode) {
  for (let font = Math.min(TIGHT * most, LARGEST[mode]); font >= READABLE[mode]; font -= 0.5) {
    const high = Math.floor(Math.min(most, 1.6 * font));
    const wide = (kind) => Math.ceil(Math.max(1.4 * font, widest[kind] * font + BESIDE[mode]));
    const total = sum(KINDS, (kind) => shapes[kind][0] * shapes[kind][2] * wide(kind));
    if (total <= width) return Object.fromEntries(KINDS.map((kind) => [kind, { wide: wide(kind), high, font }]));
  }
  return undefined;
}

/** Colours only, in square cells; the slices of the filter are small enough to keep their numbers. */
function coloured(shapes, widest, width, height, high, mode) {
  const kernel = lone(shapes.kernel, widest.kernel, SLICE[mode] * width, height, 32, READABLE[mode]);
  const rest = width - shapes.kernel[0] * shapes.kernel[2] * kernel.wide;
  const columns = sum(["input", "partial"], (kind) => shapes[kind][0] * shapes[kind][2]);
  const side = Math.max(2, Math.floor(Math.min(high, rest / columns)));
  const square = { wide: side, high: side, font: 0 };
  return { input: square, partial: square, kernel };
}

/** The largest cells for one kind by itself, with numbers if they fit. */
function lone([planes, rows, columns], widest, width, height, tallest, readable) {
  const high = Math.max(2, Math.floor(Math.min(height / rows, tallest)));
  const wide = Math.max(2, Math.floor(Math.min((width - 8 * (planes - 1)) / (planes * columns), 1.4 * high)));
  const font = Math.min(LINE * high, (wide - 5) / widest, 24);
  if (font >= readable) return { wide: Math.max(Math.min(wide, high), Math.ceil(widest * font + 5)), high: Math.min(high, 2 * wide), font };
  return { wide: Math.min(wide, high), high: Math.min(wide, high), font: 0 };
}
