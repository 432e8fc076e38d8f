// Images out of a strip in which all of them stand beside each other.

/** Make the picture of image `at` out of `count`; its style gives it a size. */
function thumbnail(strip, at, count) {
  const picture = html("i", { class: "thumb", "aria-hidden": "true" });
  Object.assign(picture.style, {
    backgroundImage: `url(${strip})`,
    backgroundSize: `${100 * count}% 100%`,
    backgroundPosition: `${count > 1 ? (100 * at) / (count - 1) : 0}% 0`,
  });
  return picture;
}
