// Maps as pictures: numbers arrive as bytes, and one pixel of a canvas is one number.

/** Read the single-precision numbers that Python packed. */
function unpacked(text) {
  return new Float32Array(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
}

/** Paint rows of numbers, from `first` on, by a scale. */
function paintMap(canvas, values, first, rows, columns, scale) {
  Object.assign(canvas, { width: columns, height: rows });
  const brush = canvas.getContext("2d");
  const picture = brush.createImageData(columns, rows);
  for (let at = 0; at < rows * columns; at++) {
    const [red, green, blue] = scale.mix(values[first + at]);
    picture.data.set([red, green, blue, 255], 4 * at);
  }
  brush.putImageData(picture, 0, 0);
}

/** An outline over a picture of so many rows and columns, in percent so that it follows any size. */
class Outline {
  constructor(role) {
    this.element = html("div", { class: `outline-box ${role}`, hidden: true });
  }

  /** Go around rows and columns, first and last; undefined hides it. */
  around(spans, rows, columns) {
    this.element.hidden = !spans;
    if (!spans) return;
    const [[top, bottom], [left, right]] = spans;
    const part = (cells, all) => `${(100 * cells) / all}%`;
    Object.assign(this.element.style, {
      top: part(top, rows),
      height: part(bottom - top + 1, rows),
      left: part(left, columns),
      width: part(right - left + 1, columns),
    });
  }
}

/** The row and column of a picture below the pointer. */
function cellBelow(event, element, rows, columns) {
  const box = element.getBoundingClientRect();
  const place = (at, length, cells) => Math.max(0, Math.min(cells - 1, Math.floor((at / length) * cells)));
  return [place(event.clientY - box.top, box.height, rows), place(event.clientX - box.left, box.width, columns)];
}
