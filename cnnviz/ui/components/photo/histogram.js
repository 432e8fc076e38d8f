// How often values occur, before and after, on one axis; heights are square roots, so that rare values show.

const FIELD = { width: 400, height: 150, base: 126 };

class Histogram {
  constructor(root) {
    this.root = root;
    this.picture = svg("svg", { viewBox: `0 0 ${FIELD.width} ${FIELD.height}`, role: "img" });
    this.says = html("p", { class: "caption" });
    this.root.append(this.picture, this.says);
    this.picture.onpointermove = (event) => this.tell(event);
    this.picture.onpointerleave = () => write(this.says, this.data.caption);
  }

  update(data) {
    this.data = data;
    this.picture.setAttribute("aria-label", data.caption);
    write(this.says, data.caption);
    const at = (value) => ((value - data.low) / (data.high - data.low)) * FIELD.width;
    const marks = [...new Set([data.low, 0, 255, data.high])];
    this.picture.replaceChildren(
      svg("rect", { class: "held", x: at(0), width: at(255) - at(0), y: 0, height: FIELD.base }),
      svg("path", { class: "before-area", d: this.outline(data.before) }),
      svg("path", { class: "after-line", d: this.outline(data.after) }),
      svg("line", { class: "axis", x1: 0, x2: FIELD.width, y1: FIELD.base, y2: FIELD.base }),
      ...this.apart(marks.sort((a, b) => a - b), at).map((mark) => {
        const place = at(mark);
        const anchor = place < 16 ? "start" : place > FIELD.width - 16 ? "end" : "middle";
        return svg("text", { x: place, y: FIELD.height - 8, "text-anchor": anchor, text: brief(Math.round(mark)) });
      }),
    );
  }

  /** Leave out ends of the axis that would be written over 0 or 255. */
  apart(marks, at) {
    const fixed = [0, 255];
    return marks.filter((mark) => fixed.includes(mark) || fixed.every((other) => Math.abs(at(other) - at(mark)) > 44));
  }

  outline(counts) {
    const top = Math.sqrt(Math.max(...counts));
    const step = FIELD.width / counts.length;
    const heights = counts.map((count) => FIELD.base - (FIELD.base - 6) * (top ? Math.sqrt(count) / top : 0));
    return `M0 ${FIELD.base}` + heights.map((y, i) => `L${i * step} ${y}L${(i + 1) * step} ${y}`).join("") + `L${FIELD.width} ${FIELD.base}Z`;
  }

  tell(event) {
    const box = this.picture.getBoundingClientRect();
    const { low, high, before, after } = this.data;
    const bin = Math.max(0, Math.min(before.length - 1, Math.floor(((event.clientX - box.left) / box.width) * before.length)));
    const edge = (at) => brief(Math.round(low + (at * (high - low)) / before.length));
    const share = (counts) => `${((100 * counts[bin]) / counts.reduce((sum, count) => sum + count, 0)).toFixed(1)} %`;
    write(this.says, `From ${edge(bin)} to ${edge(bin + 1)}: ${share(before)} before, ${share(after)} after.`);
  }

  close() {
    this.root.remove();
  }
}
