// Making elements. Text enters the page as text only, never as markup.

const SVG = "http://www.w3.org/2000/svg";

function assign(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") element.textContent = value;
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** Make an HTML element; the attribute `text` is its text. */
function html(name, attributes = {}, ...children) {
  return assign(document.createElement(name), attributes, children);
}

/** Make an SVG element. */
function svg(name, attributes = {}, ...children) {
  return assign(document.createElementNS(SVG, name), attributes, children);
}

/** Write text only where it changed: the cheapest update is none. */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Draw an icon of 24 by 24 from one path. */
function icon(path) {
  return svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: "icon" }, svg("path", { d: path }));
}

/** Say whether the reader points with a finger. */
function withFingers() {
  return window.matchMedia("(hover: none)").matches;
}

/** Say whether the reader asked for less motion. */
function prefersStillness() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
