// One row a channel: its planes of the input, its slice of the filter, its partial map, and its partial sum.

/** A grid of one plane; cells without numbers that are very small have no lines between them. */
class Plane extends Grid {
  fit({ wide, high, font }) {
    this.measure(wide, font, high);
    this.element.classList.toggle("fine", !font && wide < 9);
  }
}

class ChannelRow {
  constructor(number, lesson) {
    this.number = number;
    this.lesson = lesson;
    this.name = html("div", { class: "name" });
    this.boxes = { input: html("div", { class: "planes" }), kernel: html("div", { class: "planes" }), partial: html("div", { class: "planes" }) };
    this.signs = ["∗", "="].map((text) => html("span", { class: "sign", "aria-hidden": "true", text }));
    this.pill = html("button", { type: "button", class: "pill" });
    this.pill.onpointerenter = (event) => event.pointerType !== "touch" && lesson.look(this.at());
    this.pill.onpointerleave = () => lesson.look(undefined);
    this.pill.onfocus = () => this.pill.matches(":focus-visible") && lesson.look(this.at());
    this.pill.onblur = () => lesson.look(undefined);
    this.pill.onclick = (event) => {
      lesson.hold(this.at());
      if (event.detail) lesson.acts().home(); // after a mouse, keys go to the picture and not to this button
    };
    this.idle = html("div", { class: "idle" });
    this.grids = { input: [], kernel: [], partial: [] };
    this.frames = [];
    const { input, kernel, partial } = this.boxes;
    this.elements = [this.name, input, this.signs[0], kernel, this.signs[1], partial, this.pill, this.idle];
  }

  at() {
    return { kind: "sum", channel: this.number };
  }

  /** Make as many planes as there are, and forget the others. */
  count(kind, planes) {
    const grids = this.grids[kind];
    if (grids.length === planes) return;
    grids.length = 0;
    for (const plane of span(planes)) grids.push(this.makeGrid(kind, plane));
    this.boxes[kind].replaceChildren(...grids.map((grid) => grid.element));
    if (kind !== "input") return;
    this.frames = grids.map((grid) => {
      const frame = new SlidingFrame();
      grid.board.append(frame.element);
      return frame;
    });
  }

  makeGrid(kind, plane) {
    const grid = new Plane(kind, "");
    const channel = this.number;
    Object.assign(grid, { kind, channel, plane });
    watchGrid(this.lesson, grid, (cell) => ({ kind, channel, plane, cell }), kind !== "partial");
    return grid;
  }

  /** Take the numbers of this channel; one that the filter does not read has no slice and no partial map. */
  load({ name, input, slice, partial, margins }, scales, present) {
    const read = Boolean(slice);
    write(this.name, name);
    this.margins = margins;
    this.count("input", input.length);
    this.fill("input", input, margins, scales.input, `Input ${name}`);
    for (const [kind, planes, title] of [["kernel", slice, "Slice"], ["partial", partial, "Partial map"]]) {
      this.count(kind, read ? planes.length : 0);
      if (read) this.fill(kind, planes, [0, 0, 0, 0], scales[kind === "kernel" ? "kernel" : "output"], `${title} ${name}`);
    }
    this.setRead(read);
    this.present = present;
  }

  setRead(read) {
    this.read = read;
    for (const part of [...this.signs, this.boxes.kernel, this.boxes.partial, this.pill]) part.hidden = !read;
    this.idle.hidden = read;
    write(this.idle, "not read by this filter");
    this.boxes.input.classList.toggle("unread", !read);
    if (!read) this.frames.forEach((frame) => (frame.element.style.display = "none"));
  }

  fill(kind, planes, margins, scale, title) {
    const many = planes.length > 1;
    planes.forEach((values, plane) => {
      const grid = this.grids[kind][plane];
      grid.load(values, margins, scale);
      grid.title = many ? `${title}, plane ${plane + 1}` : title;
      grid.describe(grid.title);
    });
  }

  all() {
    return Object.values(this.grids).flat();
  }

  measureFrames(weights, [, ...axes], { wide, high }) {
    const apart = axes.map(({ dilation }) => dilation);
    for (const frame of this.frames) frame.measure(weights, apart, wide, 0, undefined, high);
  }

  /** Move the window: only the planes it reads carry it. */
  moveTo([plane, row, column], [depth, apart]) {
    this.frames.forEach((frame, at) => {
      const reached = this.read && (at - plane) % apart === 0 && at >= plane && at < plane + depth * apart;
      frame.element.style.display = reached ? "" : "none";
      frame.moveTo(row, column);
    });
  }
}
