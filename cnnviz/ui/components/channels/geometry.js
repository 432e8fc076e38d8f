// Which cell meets which, along planes, rows and columns; an image has one plane.

class Geometry {
  constructor({ axes, kernels, sums }) {
    this.axes = axes;
    this.kernel = sides(kernels[0]);
    this.output = sides(sums);
  }

  get stops() {
    return this.output[0] * this.output[1] * this.output[2];
  }

  /** First cell of the window for an output cell [plane, row, column], on the padded input. */
  start(place) {
    return place.map((at, axis) => at * this.axes[axis].stride);
  }

  placeOf(step) {
    const [, rows, columns] = this.output;
    return [Math.floor(step / (rows * columns)), Math.floor(step / columns) % rows, step % columns];
  }

  stepOf([plane, row, column]) {
    return (plane * this.output[1] + row) * this.output[2] + column;
  }

  /** The padded cell that a weight [plane, row, column] meets at an output cell. */
  met(place, weight) {
    return this.start(place).map((first, axis) => first + weight[axis] * this.axes[axis].dilation);
  }

  /** Weights of a slice, plane by plane in reading order. */
  weights() {
    return everyPlace(this.kernel);
  }

  /** Everything one weight meets while the filter slides. */
  meets(weight) {
    return everyPlace(this.output).map((place) => this.met(place, weight));
  }

  /** The outputs that read a padded input cell. */
  feeds(cell) {
    const along = (axis) => span(this.output[axis]).filter((i) => this.weightAt(axis, i, cell[axis]) !== undefined);
    const [planes, rows, columns] = [0, 1, 2].map(along);
    return planes.flatMap((plane) => rows.flatMap((row) => columns.map((column) => [plane, row, column])));
  }

  /** The weight that lies on a cell of an axis when the window makes output `i`, or undefined. */
  weightAt(axis, i, at) {
    const { stride, dilation } = this.axes[axis];
    const u = (at - i * stride) / dilation;
    return Number.isInteger(u) && u >= 0 && u < this.kernel[axis] ? u : undefined;
  }

  /** Index of the product that reads a padded cell at an output cell, or -1. */
  termOf(place, cell) {
    const weight = place.map((i, axis) => this.weightAt(axis, i, cell[axis]));
    return weight.includes(undefined) ? -1 : this.termAt(weight);
  }

  termAt([plane, row, column]) {
    return (plane * this.kernel[1] + row) * this.kernel[2] + column;
  }
}

/** How many planes, rows and columns there are. */
function sides(planes) {
  return [planes.length, planes[0].length, planes[0][0].length];
}

function span(length) {
  return Array.from({ length }, (_, index) => index);
}

function everyPlace([planes, rows, columns]) {
  return span(planes).flatMap((plane) => span(rows).flatMap((row) => span(columns).map((column) => [plane, row, column])));
}

/** Surround a plane with its padding of zeros. */
function padPlane(plane, [top, bottom], [left, right]) {
  const zeros = (length) => Array(length).fill(0);
  const width = left + plane[0].length + right;
  const wide = plane.map((row) => [...zeros(left), ...row, ...zeros(right)]);
  return [...span(top).map(() => zeros(width)), ...wide, ...span(bottom).map(() => zeros(width))];
}
