// ImageNet over the years: error, depth and parameters of each network, one below the other.

const STORY = { left: 64, right: 12, head: 26, gap: 16, foot: 44 };
const HEIGHTS = { error: 0.44, depth: 0.28, size: 0.28 };

class Story extends Fitted {
  constructor(root) {
    super(root);
    this.picture = svg("svg", { class: "story-picture" });
    root.append(this.picture);
  }

  update(data, { setTriggerValue }) {
    this.tell = setTriggerValue;
    super.update(data);
  }

  draw(width) {
    const { present } = this.data;
    this.font = present ? 20 : width < 620 ? 12.5 : 15;
    this.step = (width - STORY.left - STORY.right) / this.data.moments.length;
    this.thick = Math.min(84, this.step * 0.62);
    const room = Math.max(330, Math.min(560, window.innerHeight - (present ? 190 : 330)));
    const colours = this.data.series[appearance(this.root)];
    const parts = [];
    let top = 0;
    for (const [at, panel] of this.panels().entries()) {
      const tall = room * panel.part;
      parts.push(...this.panel(panel, top + STORY.head, tall - STORY.head, colours[at]));
      top += tall + STORY.gap;
    }
    parts.push(...this.columns(top));
    const height = top + STORY.foot + (this.font < 13 ? 16 : 0);
    this.picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.picture.style.height = `${height}px`;
    this.picture.style.fontSize = `${this.font}px`;
    this.picture.replaceChildren(...parts);
  }

  panels() {
    const { moments, human } = this.data;
    return [
      { part: HEIGHTS.error, title: "Top-5 error, %, quoted", values: moments.map(({ error }) => error), texts: moments.map(({ shown_error }) => shown_error), line: human, told: `human ${human} %` },
      { part: HEIGHTS.depth, title: "Layers with weights, counted", values: moments.map(({ depth }) => depth), texts: moments.map(({ depth }) => depth || "") },
      { part: HEIGHTS.size, title: "Parameters, counted", values: moments.map(({ parameters }) => parameters), texts: moments.map((one) => (one.parameters ? one.shown_parameters : "")) },
    ];
  }

  x(at) {
    return STORY.left + (at + 0.5) * this.step;
  }

  /** Draw one panel: a bar for each network, its number above it. */
  panel({ title, values, texts, line, told }, top, tall, colour) {
    const most = Math.max(...values);
    const room = tall - this.font * 1.3;
    const y = (value) => top + tall - (value / most) * room;
    const bars = values.map((value, at) => svg("rect", { x: this.x(at) - this.thick / 2, y: y(value), width: this.thick, height: top + tall - y(value), fill: colour, rx: 2 }));
    const above = (value) => (line !== undefined && Math.abs(y(value) - this.font * 0.6 - y(line)) < this.font ? y(line) : y(value)) - 6; // beside the line
    const numbers = values.map((value, at) => svg("text", { x: this.x(at), y: above(value), "text-anchor": "middle", class: "story-number", text: texts[at] }));
    const base = svg("line", { class: "story-base", x1: STORY.left, x2: this.width - STORY.right, y1: top + tall, y2: top + tall });
    const head = svg("text", { class: "story-head", x: STORY.left, y: top - 10, text: title });
    if (line === undefined) return [head, ...bars, ...numbers, base];
    const rule = svg("line", { class: "story-human", x1: STORY.left, x2: this.width - STORY.right, y1: y(line), y2: y(line) });
    const words = told.split(" ");
    const name = svg("text", { class: "story-told", x: STORY.left - 6, y: y(line) - 3, "text-anchor": "end" },
      svg("tspan", { x: STORY.left - 6, text: words[0] }), svg("tspan", { x: STORY.left - 6, dy: "1.15em", text: words.slice(1).join(" ") }));
    return [head, ...bars, rule, ...numbers, name, base];
  }

  /** Name the networks and their years; a press opens a study. */
  columns(top) {
    return this.data.moments.map(({ name, year, study }, at) => {
      const words = this.font < 13 ? name.split(/[ -](?=\S+$)/) : [name];
      const lines = [...words, year].map((text, row) => svg("tspan", { x: this.x(at), dy: row ? "1.2em" : 0, text: String(text) }));
      const label = svg("text", { x: this.x(at), y: top + 8, "text-anchor": "middle", class: "story-name" }, ...lines);
      if (this.font < 13) label.style.fontSize = "11px";
      if (!study) return label;
      const area = svg("rect", { class: "story-area", x: this.x(at) - this.step / 2 + 1, y: 0, width: this.step - 2, height: top + STORY.foot + 10, rx: 6 });
      const group = svg("g", { class: "story-column", role: "button", tabindex: 0, "aria-label": `${name}, ${year}: open the study` }, area, label);
      group.onclick = () => this.tell("pick", at);
      group.onkeydown = (event) => ["Enter", " "].includes(event.key) && (event.preventDefault(), this.tell("pick", at));
      return group;
    });
  }
}
