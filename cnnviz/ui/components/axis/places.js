// Which cell is read by which window. Where windows start comes from the page; nothing here divides by a stride.

class Places {
  constructor({ length, padding, starts, reads, beyond, stride }) {
    Object.assign(this, { length, starts, reads, stride });
    [this.before, this.after] = padding;
    this.padded = this.before + length + this.after;
    this.drawn = this.padded + beyond;
    this.ghost = beyond ? starts.at(-1) + stride : undefined;
    this.extent = reads.at(-1) + 1;
    this.readers = Array.from({ length: this.padded }, () => []);
    starts.forEach((_, window) => this.cellsOf(window).forEach((cell) => this.readers[cell].push(window)));
    const free = [...starts, this.ghost].findIndex((start) => start >= this.extent);
    this.lanes = free > 0 ? free : starts.length + (beyond ? 1 : 0);
  }

  cellsOf(window) {
    return this.reads.map((offset) => this.starts[window] + offset);
  }

  /** First cell after the last window. */
  get reached() {
    return this.starts.at(-1) + this.extent;
  }

  isPadding(cell) {
    return cell < this.before || cell >= this.before + this.length;
  }

  /** What belongs to what is looked at: cells, windows, and terms of the formula. */
  linked(at) {
    if (at?.kind === "window") return { cells: this.cellsOf(at.index), windows: [at.index], terms: ["kernel", "output"] };
    if (at?.kind === "cell") return { cells: [at.index], windows: this.readers[at.index], terms: [this.termOf(at.index)] };
    if (at?.kind === "term") return { ...this.ofTerm(at.name, at.window), terms: [at.name] };
    return { cells: [], windows: [], terms: [] };
  }

  termOf(cell) {
    return !this.isPadding(cell) ? "input" : cell < this.before ? "before" : "after";
  }

  ofTerm(name, window) {
    if (name === "output") return { cells: [], windows: this.starts.map((_, index) => index) };
    if (name === "kernel" || name === "dilation") return { cells: this.cellsOf(window), windows: [window] };
    if (name === "stride") return { cells: [], windows: [window, window + 1].filter((each) => each < this.starts.length) };
    return { cells: this.readers.map((_, cell) => cell).filter((cell) => this.termOf(cell) === name), windows: [] };
  }

  /** Say what there is to say about what is looked at. */
  told(at) {
    if (at?.kind === "window") return `Window ${at.index + 1} reads ${this.named(this.cellsOf(at.index))}: output ${at.index + 1}.`;
    if (at?.kind === "cell") return this.aboutCell(at.index);
    if (at?.kind === "term") return this.aboutTerm(at.name);
    return "";
  }

  aboutCell(cell) {
    const name = this.isPadding(cell) ? "This cell of padding" : `Cell ${cell - this.before + 1}`;
    const readers = this.readers[cell].map((window) => window + 1);
    if (readers.length === 0) return `${name} is read by no window: ${cell < this.reached ? "they step over it" : "it is left over at the end"}.`;
    if (readers.length > 4) return `${name} is read by ${readers.length} windows, from ${readers[0]} to ${readers.at(-1)}.`;
    return `${name} is read by ${readers.length === 1 ? "window" : "windows"} ${joined(readers)}.`;
  }

  aboutTerm(name) {
    const cells = (count) => `${count} ${count === 1 ? "cell" : "cells"}`;
    return {
      input: `i is the input size: ${cells(this.length)}.`,
      before: `p₀ is the padding before: ${cells(this.before)}.`,
      after: `p₁ is the padding after: ${cells(this.after)}.`,
      kernel: `k is the kernel size: every window reads ${cells(this.reads.length)}.`,
      dilation: `d is the dilation: the cells of a window lie ${this.reads[1] ?? 1} apart.`,
      stride: `s is the stride: the next window starts ${cells(this.stride)} further on.`,
      output: `o is the output size: ${this.starts.length} ${this.starts.length === 1 ? "window" : "windows"}, one output each.`,
    }[name];
  }

  /** Name cells: those of padding by their count, the others by their places. */
  named(cells) {
    const inside = cells.filter((cell) => !this.isPadding(cell)).map((cell) => cell - this.before + 1);
    const outside = cells.length - inside.length;
    const parts = outside ? [`${outside} ${outside === 1 ? "cell" : "cells"} of padding`] : [];
    const [first] = inside;
    const dense = inside.length > 2 && inside.at(-1) - first === inside.length - 1;
    if (dense) parts.push(`cells ${first} to ${inside.at(-1)}`);
    else if (inside.length) parts.push(`${inside.length === 1 ? "cell" : "cells"} ${joined(inside)}`);
    return parts.join(" and ");
  }
}

function joined(numbers) {
  return numbers.length < 2 ? String(numbers[0]) : `${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`;
}
