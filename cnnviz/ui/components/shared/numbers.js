// How numbers are written and read, once for all components.

const MINUS = "\u2212";

/** Give back the numbers JSON cannot hold; the page sends them as strings. */
function revive(value) {
  return Array.isArray(value) ? value.map(revive) : Number(value);
}

/** Write NaN and the infinities as they are; undefined when the number is an ordinary one. */
function unusual(value) {
  if (Number.isNaN(value)) return "NaN";
  if (value === Infinity) return "∞";
  if (value === -Infinity) return MINUS + "∞";
  return undefined;
}

/** Put a true minus sign, and none before zero. */
function signed(text) {
  return /[1-9]/.test(text) ? text.replace(/-/g, MINUS) : text.replace(/^-/, "");
}

/** Write a number for a cell: integers plain, reals with two decimals, huge ones by powers of ten. */
function brief(value) {
  const special = unusual(value);
  if (special) return special;
  if (Math.abs(value) >= 1e6) return signed(value.toExponential(1).replace("e+", "e"));
  return signed(Number.isInteger(value) ? String(value) : value.toFixed(2));
}

/** Write a share in percent; what is nearly nothing, or all, is not rounded to it. */
function percent(share) {
  if (Number.isNaN(share)) return "NaN";
  if (share > 0 && share < 0.0005) return "< 0.1 %";
  return share >= 0.9995 && share < 1 ? "> 99.9 %" : `${(100 * share).toFixed(1)} %`;
}

/** Write a number as exactly as it is worth reading; twelve digits hide the noise of binary fractions. */
function exact(value) {
  return unusual(value) ?? signed(String(Number(value.toPrecision(12))));
}

/** Read what somebody typed: 3, -0.5, −0,5, 1e-3 or 1/9; NaN when it is no number. */
function readNumber(text) {
  const written = text.trim().replace(/[\u2212\u2013]/g, "-").replace(",", ".");
  const parts = written.split("/");
  if (parts.length > 2 || parts.some((part) => !/^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(part))) return NaN;
  return parts.length === 2 ? Number(parts[0]) / Number(parts[1]) : Number(parts[0]);
}
