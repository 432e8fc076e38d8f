// Losses of the same network, a panel for each way of scaling, all on one scale; what is beyond it is cut off.

const PANEL = { height: 190, left: 34, right: 8, top: 10, bottom: 164 };
const LARGE = { ...PANEL, height: 236, left: 40, bottom: 206 };

class Losses extends Fitted {
  constructor(root) {
    super(root);
    this.field = html("div", { class: "runs" });
    root.append(this.field);
  }

  draw(width) {
    const { runs } = this.data;
    const across = width < 640 ? 1 : runs.length;
    const own = Math.floor((width - 20 * (across - 1)) / across);
    this.field.style.setProperty("--across", across);
    this.field.replaceChildren(...runs.map((run) => this.panel(run, own)));
  }

  panel({ title, losses, told }, width) {
    const { guess, top, present } = this.data;
    const field = present ? LARGE : PANEL;
    const values = losses.map(Number);
    const x = (at) => field.left + (at / Math.max(1, values.length - 1)) * (width - field.left - field.right);
    const y = (value) => field.bottom - (Math.min(value, 1.2 * top) / top) * (field.bottom - field.top);
    const rules = ticks([0, top], 5).map((value) => [
      svg("path", { class: "rule", d: `M${field.left} ${y(value)}H${width - field.right}` }),
      svg("text", { x: field.left - 6, y: y(value) + 5, "text-anchor": "end", text: String(value) }),
    ]);
    const steps = values.length ? ticks([0, values.length - 1], 4).map((at) => svg("text", { x: x(at), y: field.bottom + (present ? 22 : 19), "text-anchor": "middle", text: String(at) })) : [];
    const id = `clip-${title.replace(/\W/g, "")}`;
    const clip = svg("clipPath", { id }, svg("rect", { x: field.left, y: field.top - 2, width: width - field.left, height: field.bottom - field.top + 4 }));
    const line = svg("path", { class: "loss", d: this.path(values, x, y), "clip-path": `url(#${id})` });
    const level = svg("path", { class: "guess", d: `M${field.left} ${y(guess)}H${width - field.right}` });
    const note = svg("text", { class: "note", x: width - field.right - 2, y: y(guess) - 5, "text-anchor": "end", text: `a guess: ${brief(guess)}` });
    const picture = svg("svg", { viewBox: `0 0 ${width} ${field.height}`, height: field.height, role: "img", "aria-label": `${title}: ${told}` });
    picture.append(clip, ...rules.flat(), ...steps, level, line, note);
    return html("figure", {}, html("figcaption", { text: title }), picture, html("p", { class: "told", text: told }));
  }

  path(values, x, y) {
    let pen = "M";
    return values.map((value, at) => {
      if (!Number.isFinite(value)) return (pen = "M"), "";
      const piece = `${pen}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
      return (pen = "L"), piece;
    }).join("");
  }
}
