// Which cell meets which. Where a window starts comes from the page; nothing here divides by a stride.

class Geometry {
  constructor({ rows, columns, kernel, output, input }) {
    this.axes = [rows, columns];
    this.kernel = [kernel.length, kernel[0].length];
    this.output = [output.length, output[0].length];
    this.input = [input.length, input[0].length];
  }

  get stops() {
    return this.output[0] * this.output[1];
  }

  /** First cell of the window for an output cell, on the padded input. */
  start([row, column]) {
    return [row * this.axes[0].stride, column * this.axes[1].stride];
  }

  cellOf(step) {
    return [Math.floor(step / this.output[1]), step % this.output[1]];
  }

  stepOf([row, column]) {
    return row * this.output[1] + column;
  }

  /** The padded cell that weight [u, v] meets in the window of an output cell. */
  met(cell, [u, v]) {
    const [row, column] = this.start(cell);
    return [row + u * this.axes[0].dilation, column + v * this.axes[1].dilation];
  }

  /** Weights in reading order. */
  weights() {
    return everyCell(...this.kernel);
  }

  /** Everything one weight meets while the kernel slides. */
  meets(weight) {
    return everyCell(...this.output).map((cell) => this.met(cell, weight));
  }

  /** The outputs that read a padded input cell, along each axis apart and then joined. */
  feeds([row, column]) {
    const along = (axis, at) => range(this.output[axis]).filter((i) => this.weightAt(axis, i, at) !== undefined);
    const columns = along(1, column);
    return along(0, row).flatMap((i) => columns.map((j) => [i, j]));
  }

  /** The weight that lies on a cell of an axis when the window makes output `i`, or undefined. */
  weightAt(axis, i, at) {
    const { stride, dilation } = this.axes[axis];
    const u = (at - i * stride) / dilation;
    return Number.isInteger(u) && u >= 0 && u < this.kernel[axis] ? u : undefined;
  }

  /** Index of the term that reads a padded cell at an output cell, or -1. */
  termOf([i, j], [row, column]) {
    const [u, v] = [this.weightAt(0, i, row), this.weightAt(1, j, column)];
    return u === undefined || v === undefined ? -1 : u * this.kernel[1] + v;
  }
}

function range(length) {
  return Array.from({ length }, (_, index) => index);
}

function everyCell(rows, columns) {
  return range(rows).flatMap((row) => range(columns).map((column) => [row, column]));
}

/** Surround an image with its padding of zeros. */
function padded(image, [top, bottom], [left, right]) {
  const blank = (length) => Array(length).fill(0);
  const width = left + image[0].length + right;
  const wide = image.map((row) => [...blank(left), ...row, ...blank(right)]);
  return [...range(top).map(() => blank(width)), ...wide, ...range(bottom).map(() => blank(width))];
}
