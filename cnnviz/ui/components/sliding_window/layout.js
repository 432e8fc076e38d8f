// How large a cell is: as large as fits beside the others, and numbers only where they can be read.

const NARROW = 560; // below this width input and output share a row, the kernel stands above
const LEAST = 84; // width of a caption and a legend on a phone
const SIGNS = 76; // room for the signs between the grids
const MOST_ROWS = 20; // beyond this, cells do not grow for the sake of numbers
const READABLE = { page: 15, present: 22, phone: 11 }; // smallest font for numbers in cells
const LOWEST = 28; // a series without numbers is a band of colours, high enough to be pointed at
const LARGEST = { page: 56, present: 110, phone: 40 };

/** Choose the side of a cell, and of a cell of the kernel, for the room there is; a series has a row for each grid. */
function plan(grids, room, present, series) {
  const mode = room.width < NARROW ? "phone" : present ? "present" : "page";
  const smallest = READABLE[mode];
  const sizes = series
    ? inRows(grids, room, smallest, mode)
    : mode === "phone" ? stacked(grids, room, smallest) : beside(grids, room, smallest, mode);
  const fonts = Object.entries(grids).map(([name, grid]) => [name, fontFor(grid, sizes[name], smallest)]);
  const alike = Math.min(...fonts.filter(([name, font]) => font && name !== "kernel").map(([, font]) => font));
  const font = Object.fromEntries(fonts.map(([name, own]) => [name, own && name !== "kernel" ? alike : own]));
  const high = Object.fromEntries(fonts.map(([name, own]) => [name, series && !own ? Math.max(sizes[name], LOWEST) : sizes[name]]));
  return { mode, cell: sizes, font, high };
}

/** All three in one row; the window's height limits the cells, unless numbers would be lost by it. */
function beside({ input, kernel, output }, { width, height }, smallest, mode) {
  const budget = height * (mode === "present" ? 0.5 : 0.42);
  const rows = Math.max(input.rows, output.rows, kernel.rows);
  const free = width - SIGNS;
  const widest = free / (input.columns + kernel.columns + output.columns);
  const needs = [input.needed(smallest), output.needed(smallest)];
  const fits = (need) => rows <= MOST_ROWS && need <= Math.min(widest, (2 * budget) / rows);
  const wanted = Math.max(budget / rows, [Math.max(...needs), ...needs].find(fits) ?? 0);
  const together = Math.floor(Math.min(LARGEST[mode], wanted, widest));
  const kernelNeed = kernel.needed(smallest);
  if (together >= kernelNeed) return { input: together, kernel: together, output: together };
  const readable = Math.floor(Math.min(kernelNeed, (0.3 * free) / kernel.columns, (1.2 * budget) / kernel.rows));
  const own = Math.max(2, readable, together);
  const rest = (free - own * kernel.columns) / (input.columns + output.columns);
  const cell = Math.max(2, Math.floor(Math.min(wanted, LARGEST[mode], rest)));
  return { input: cell, kernel: own, output: cell };
}

/** Each in a row of its own, the output below the input: with stride 1 every output lies below its window. */
function inRows({ input, kernel, output }, { width, height }, smallest, mode) {
  const most = Math.min(LARGEST[mode], 0.115 * height);
  const cell = Math.max(2, Math.floor(Math.min(most, (width - 4) / Math.max(input.columns, output.columns))));
  const own = Math.floor(Math.min(Math.max(cell, kernel.needed(smallest), 30), (width - 4) / kernel.columns));
  return { input: cell, kernel: own, output: cell };
}

/** Input and output side by side, each as wide as its columns, the kernel above them. */
function stacked({ input, kernel, output }, { width }, smallest) {
  const free = width - 16;
  const most = (free - LEAST) / Math.max(input.columns, output.columns);
  const cell = Math.max(2, Math.floor(Math.min(LARGEST.phone, free / (input.columns + output.columns), most)));
  const own = Math.min(Math.max(cell, kernel.needed(smallest), 30), Math.floor((0.55 * width) / kernel.columns));
  return { input: cell, kernel: own, output: cell };
}

/** The font for a grid's numbers, or 0 if they do not fit: never too small to be read. */
function fontFor(grid, cell, smallest) {
  const roomy = Math.min(0.42 * cell, 40); // leaves half of the cell to a weight
  const font = Math.min(Math.max(roomy, Math.min(smallest, LINE * cell)), (cell - 5) / grid.widest);
  return font >= smallest - 0.5 ? font : 0;
}
