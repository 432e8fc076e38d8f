// Pixels travel as base64, one byte each; here they become pictures.

/** Unpack bytes. */
function bytes(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** Pack bytes. */
function packed(values) {
  return btoa(Array.from(values, (value) => String.fromCharCode(value)).join(""));
}

/** The colour of every byte: grey as it is, or signed with 128 as zero and 0 for what is no number. */
function colours(kind, palettes, name) {
  if (kind === "grey") return Array.from({ length: 256 }, (_, value) => [value, value, value]);
  const scale = new Scale(127, palettes, name);
  return Array.from({ length: 256 }, (_, value) => scale.mix(value ? value - 128 : NaN));
}

/** Paint bytes row by row, one pixel each. */
function paint(canvas, values, [height, width], table) {
  canvas.height = height;
  canvas.width = width;
  const image = new ImageData(width, height);
  values.forEach((value, at) => image.data.set([...table[value], 255], 4 * at));
  canvas.getContext("2d").putImageData(image, 0, 0);
}
