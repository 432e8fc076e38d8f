// Colours of values and roles. The palettes come from the page, which has them from the one theme table.

function channels(colour) {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

/** Relative luminance, 0 to 1, of three channels from 0 to 255 (WCAG 2.2). */
function luminance(rgb) {
  const [red, green, blue] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Read `#rgb`, `#rrggbb` or `rgb(...)`, as browsers write custom properties. */
function readColour(text) {
  const numbers = text.match(/[\d.]+/g);
  if (text.startsWith("rgb")) return numbers.slice(0, 3).map(Number);
  return channels(text.length < 6 ? "#" + [...text.slice(1, 4)].map((digit) => digit + digit).join("") : text);
}

/** Find out which appearance the page has now, from the background Streamlit hands down. */
function appearance(root) {
  const background = getComputedStyle(root).getPropertyValue("--st-background-color").trim();
  return background && luminance(readColour(background)) < 0.4 ? "dark" : "light";
}

/** Hand a palette to the style sheet as custom properties such as `--kernel`. */
function applyPalette(root, palette) {
  root.dataset.appearance = palette.name;
  for (const [role, colour] of Object.entries(palette)) {
    if (role !== "name") root.style.setProperty(`--${role}`, colour);
  }
}

const EQUAL = Math.sqrt(1.05 * 0.05) - 0.05; // black and white are equally readable here: 4.6 to 1

/** A signed scale, symmetric about zero: gives the fill of a value and the ink readable on it. */
class Scale {
  constructor(limit, palettes, name) {
    this.limit = limit || 1;
    this.stops = ["negative", "zero", "positive", "text"].map((stop) => channels(palettes[name][stop]));
  }

  mix(value) {
    const [negative, zero, positive, text] = this.stops;
    if (Number.isNaN(value)) return text;
    const part = Math.max(-1, Math.min(1, value / this.limit));
    const end = part < 0 ? negative : positive;
    return zero.map((from, at) => Math.round(from + Math.abs(part) * (end[at] - from)));
  }

  fill(value) {
    return `rgb(${this.mix(value).join(" ")})`;
  }

  ink(value) {
    return luminance(this.mix(value)) < EQUAL ? "#fff" : "#000";
  }
}
