// All filters of the layer: who reads which channel, what each one makes, and how many numbers that takes.

const WIRED = 10; // more filters than this are listed without their wires
const LONGEST = 11; // filters in one line
const NODES = 44; // height of the drawing of wires

class Filters {
  constructor(lesson) {
    this.lesson = lesson;
    this.wires = svg("svg", { class: "reading", role: "img" });
    this.maps = html("div", { class: "maps", role: "group", "aria-label": "Filters" });
    this.size = html("div", { class: "size" });
    this.count = html("div", { class: "count-line" });
    this.remark = html("div", { class: "remark" });
    this.element = html("div", { class: "filters" }, this.wires, this.maps, html("div", { class: "counts" }, this.size, this.count, this.remark));
  }

  load(page, scale) {
    this.page = page;
    const many = page.maps.length > 1;
    this.maps.hidden = !many;
    this.wires.style.display = many && page.maps.length <= WIRED ? "" : "none";
    this.fit(page.maps.length);
    this.maps.style.gridTemplateColumns = `repeat(${Math.min(page.maps.length, LONGEST)}, minmax(0, 46px))`;
    page.maps.forEach((bytes, at) => this.paint(this.maps.children[at], at, bytes, scale));
    write(this.size, page.size);
    write(this.remark, page.countRemark);
    this.count.replaceChildren(...page.count.map(([text, role]) => html(role ? "b" : "span", { class: role, text })));
  }

  /** Make as many buttons as there are filters. */
  fit(length) {
    while (this.maps.children.length > length) this.maps.lastChild.remove();
    while (this.maps.children.length < length) {
      const at = this.maps.children.length;
      const button = html("button", { type: "button" }, html("canvas"), html("span", { text: String(at + 1) }));
      button.onclick = (event) => {
        this.lesson.send.setTriggerValue("filter", at);
        if (event.detail) this.lesson.acts().home();
      };
      this.maps.append(button);
    }
  }

  paint(button, at, bytes, scale) {
    const { sums, shown, names, reads } = this.page;
    const [, rows, columns] = sides(sums);
    const values = Int8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
    const [canvas] = button.children;
    Object.assign(canvas, { width: columns, height: rows });
    const brush = canvas.getContext("2d");
    values.forEach((value, index) => {
      brush.fillStyle = scale.fill((value / 127) * scale.limit);
      brush.fillRect(index % columns, Math.floor(index / columns), 1, 1);
    });
    canvas.style.aspectRatio = `${columns} / ${rows}`;
    canvas.style.width = `${100 * Math.min(1, columns / rows)}%`;
    button.setAttribute("aria-pressed", at === shown);
    const read = names.slice(...reads[at]).join(", ");
    button.title = `Filter ${at + 1} reads ${read}${at === shown ? ": shown here" : ": press to show it"}`;
    button.setAttribute("aria-label", `Filter ${at + 1}`);
  }

  /** Draw a wire from each channel to each filter that reads it; the ones of the filter shown stand out. */
  drawWires() {
    if (!this.page || this.wires.style.display) return;
    const { names, reads, shown } = this.page;
    const box = this.maps.getBoundingClientRect();
    const ends = [...this.maps.children].map((button) => {
      const place = button.getBoundingClientRect();
      return place.left + place.width / 2 - box.left;
    });
    const middle = (ends[0] + ends.at(-1)) / 2;
    const apart = Math.min(56, box.width / names.length);
    const starts = names.map((_, at) => middle + (at - (names.length - 1) / 2) * apart);
    const wire = ([from, to]) => `M${starts[from]} 20C${starts[from]} 34 ${ends[to]} 30 ${ends[to]} ${NODES}`;
    const pairs = reads.flatMap(([first, end], to) => span(end - first).map((at) => [first + at, to]));
    const path = (own) => pairs.filter(([, to]) => (to === shown) === own).map(wire).join("");
    const nodes = names.map((name, at) => {
      const [first, end] = reads[shown];
      const circle = svg("circle", { cx: starts[at], cy: 11, r: 9, class: at >= first && at < end ? "node read" : "node" });
      return svg("g", {}, circle, svg("text", { x: starts[at], y: 11, text: name }));
    });
    this.wires.setAttribute("viewBox", `0 0 ${box.width} ${NODES}`);
    this.wires.setAttribute("width", box.width);
    this.wires.setAttribute("height", NODES);
    const told = reads.map((read, at) => `filter ${at + 1} reads ${names.slice(...read).join(", ")}`);
    this.wires.setAttribute("aria-label", `Who reads whom: ${told.join("; ")}`);
    this.wires.replaceChildren(svg("path", { class: "wire", d: path(false) }), svg("path", { class: "wire own", d: path(true) }), ...nodes);
  }
}

/** The place where partial sums meet: wires from each of them, the sign, the bias. */
class Junction {
  constructor() {
    this.plus = html("span", { class: "join", "aria-hidden": "true", text: "+" });
    this.bias = html("div", { class: "bias-chip" });
    this.element = html("div", { class: "junction" }, this.plus, this.bias);
    this.wires = svg("svg", { class: "flow", "aria-hidden": "true" });
  }

  /** Draw from the right of each pill to the sign, and on to the output. */
  draw(stage, pills, output) {
    const box = stage.getBoundingClientRect();
    const place = (element) => {
      const { left, right, top, height } = element.getBoundingClientRect();
      return { left: left - box.left, right: right - box.left, middle: top + height / 2 - box.top };
    };
    const [join, goal] = [place(this.plus), place(output)];
    const curve = (from, to) => {
      const bend = (from.right + to.left) / 2;
      return `M${from.right} ${from.middle}C${bend} ${from.middle} ${bend} ${to.middle} ${to.left} ${to.middle}`;
    };
    const lines = [...pills.map((pill) => curve(place(pill), join)), `M${join.right} ${join.middle}H${goal.left}`];
    this.wires.setAttribute("width", box.width);
    this.wires.setAttribute("height", box.height);
    this.wires.replaceChildren(...lines.map((d) => svg("path", { d, pathLength: 1 })));
  }

  /** Let something run along the wires, in so many milliseconds. */
  pulse(motion) {
    if (!motion) return;
    for (const path of this.wires.children) {
      path.animate([{ strokeDasharray: "0 1", opacity: 1 }, { strokeDasharray: "1 0", opacity: 1 }], { duration: motion, easing: "ease-out" });
    }
  }
}
