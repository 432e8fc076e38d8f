// A layer that is dragged by its grip: its line is marked, and so is the place where it would be put.

const NEAR = 5; // pixels the pointer moves before a press is a drag
const EDGE = 30; // pixels from head and foot within which the table scrolls

class LineDrag {
  /** `drop(at, to)` is told when a layer was let go at another place. */
  constructor(frame, drop) {
    Object.assign(this, { frame, drop, lines: [] });
  }

  /** Take the lines that are shown now; what was held is let go. */
  load(lines) {
    this.end();
    this.lines = lines;
    lines.forEach((line) => this.listen(line));
  }

  listen(line) {
    const { grip } = line;
    grip.onpointerdown = (event) => {
      if (event.button || this.held) return;
      event.preventDefault();
      grip.setPointerCapture(event.pointerId);
      this.held = { line, from: event.clientY, to: line.at, moved: false };
    };
    grip.onpointermove = (event) => this.held?.line === line && this.move(event.clientY);
    grip.onpointerup = () => {
      const { held } = this;
      this.end();
      if (held?.moved && held.to !== line.at) this.drop(line.at, held.to);
    };
    grip.onpointercancel = () => this.end();
    grip.onclick = (event) => this.ended?.line === line && this.ended.moved && event.stopPropagation();
  }

  move(y) {
    const { held, frame } = this;
    held.moved ||= Math.abs(y - held.from) >= NEAR;
    if (!held.moved) return;
    const box = frame.getBoundingClientRect();
    if (y < box.top + EDGE) frame.scrollTop -= EDGE / 3;
    if (y > box.bottom - EDGE) frame.scrollTop += EDGE / 3;
    const others = this.lines.filter((line) => line !== held.line);
    held.to = others.filter(({ element }) => middle(element) < y).length;
    this.mark(held.line, others);
  }

  /** Mark the line that is held, and the edge of the line beside which it would be put. */
  mark(own, others) {
    const { to } = this.held;
    this.lines.forEach(({ element }) => element.classList.remove("before", "after"));
    own.element.classList.add("held");
    if (to === own.at) return;
    const beside = to < others.length ? others[to] : others.at(-1);
    beside.element.classList.add(to < others.length ? "before" : "after");
  }

  end() {
    this.lines.forEach(({ element }) => element.classList.remove("before", "after", "held"));
    this.ended = this.held;
    this.held = undefined;
  }
}

function middle(element) {
  const box = element.getBoundingClientRect();
  return box.top + box.height / 2;
}
