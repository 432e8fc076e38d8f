// Losses of the same network, a panel for each way of scaling, all on one scale; what is beyond it is cut off.

const PANEL = { height: 190, left: 34, right: 8, top: 10, bottom: 164 };

class Losses {
  constructor(root) {
    this.root = root;
    this.field = html("div", { class: "runs" });
    root.append(this.field);
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(root);
  }

  close() {
    this.observer.disconnect();
    this.root.remove();
  }

  update(data) {
    this.data = data;
    this.width = undefined;
    this.draw();
  }

  draw() {
    const width = this.root.clientWidth;
    if (!width || !this.data || width === this.width) return;
    this.width = width;
    const { runs } = this.data;
    const across = width < 640 ? 1 : runs.length;
    const own = Math.floor((width - 20 * (across - 1)) / across);
    this.field.style.setProperty("--across", across);
    this.field.replaceChildren(...runs.map((run) => this.panel(run, own)));
  }

  panel({ title, losses, told }, width) {
    const { guess, top } = this.data;
    const values = losses.map(Number);
    const x = (at) => PANEL.left + (at / Math.max(1, values.length - 1)) * (width - PANEL.left - PANEL.right);
    const y = (value) => PANEL.bottom - (Math.min(value, 1.2 * top) / top) * (PANEL.bottom - PANEL.top);
    const rules = ticks([0, top], 5).map((value) => [
      svg("path", { class: "rule", d: `M${PANEL.left} ${y(value)}H${width - PANEL.right}` }),
      svg("text", { x: PANEL.left - 6, y: y(value) + 5, "text-anchor": "end", text: String(value) }),
    ]);
    const steps = values.length ? ticks([0, values.length - 1], 4).map((at) => svg("text", { x: x(at), y: PANEL.bottom + 19, "text-anchor": "middle", text: String(at) })) : [];
    const id = `clip-${title.replace(/\W/g, "")}`;
    const clip = svg("clipPath", { id }, svg("rect", { x: PANEL.left, y: PANEL.top - 2, width: width - PANEL.left, height: PANEL.bottom - PANEL.top + 4 }));
    const line = svg("path", { class: "loss", d: this.path(values, x, y), "clip-path": `url(#${id})` });
    const level = svg("path", { class: "guess", d: `M${PANEL.left} ${y(guess)}H${width - PANEL.right}` });
    const note = svg("text", { class: "note", x: width - PANEL.right - 2, y: y(guess) - 5, "text-anchor": "end", text: `a guess: ${brief(guess)}` });
    const picture = svg("svg", { viewBox: `0 0 ${width} ${PANEL.height}`, height: PANEL.height, role: "img", "aria-label": `${title}: ${told}` });
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
