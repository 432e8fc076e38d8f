// Typing into a cell, in place. What was typed is refused here only if it is no number; Python checks the rest.

/** A small text field over one cell at a time. */
class CellEditor {
  /** `commit(grid, cell, number)` gets a new value, `paste(grid, text)` a whole block. */
  constructor(root, commit, paste) {
    Object.assign(this, { root, commit, paste });
    this.field = html("input", { class: "cell-field", type: "text", inputmode: "text", autocomplete: "off", maxlength: 24 });
    this.complaint = html("div", { class: "complaint", role: "alert" });
    this.field.onkeydown = (event) => this.press(event);
    this.field.onpaste = (event) => this.take(event);
    this.field.onblur = () => this.finish();
  }

  get open() {
    return this.field.isConnected;
  }

  /** Open the field over a cell. */
  edit(grid, [row, column]) {
    Object.assign(this, { grid, at: [row, column], before: grid.values[row][column] });
    const { cell, high } = grid;
    const width = Math.max(cell, 64);
    const left = Math.max(0, Math.min(column * cell + (cell - width) / 2, grid.columns * cell - width));
    const height = Math.max(high, 34);
    const top = row * high + (high - height) / 2;
    this.field.style.cssText = `left:${left}px;top:${top}px;width:${width}px;height:${height}px`;
    this.complaint.style.cssText = `left:0;top:${top + height + 4}px`;
    this.field.value = exact(this.before);
    const place = `row ${row + 1 - grid.padding[0]}, column ${column + 1 - grid.padding[2]}`;
    this.field.setAttribute("aria-label", `${grid.title}, ${place}`);
    this.complain("");
    if (this.field.parentNode !== grid.board) grid.board.append(this.field, this.complaint); // moving it would blur it
    this.field.focus({ preventScroll: true });
    this.field.select();
  }

  complain(sentence) {
    write(this.complaint, sentence);
    this.complaint.hidden = !sentence;
    this.field.setAttribute("aria-invalid", Boolean(sentence));
  }

  close() {
    if (!this.open) return;
    this.field.onblur = null; // removing a focused field blurs it once more
    this.field.remove();
    this.complaint.remove();
    this.field.onblur = () => this.finish();
  }

  isFit(value) {
    return Math.abs(value) <= (this.largest ?? Infinity);
  }

  /** Commit what stands in the field; false if it is refused. */
  accept() {
    const value = readNumber(this.field.value);
    if (!this.isFit(value)) {
      const typed = `“${this.field.value.trim()}”`;
      this.complain(
        Number.isFinite(value)
          ? `Type a number of at most ${brief(this.largest)} in size; ${typed} is larger.`
          : `Type a number such as 3, −0.5 or 1/9; ${typed} is none.`,
      );
      return false;
    }
    if (!Object.is(value + 0, this.before)) this.commit(this.grid, this.at, value + 0);
    return true;
  }

  /** Leaving the field keeps a number and drops anything else. */
  finish() {
    if (!this.open) return;
    if (this.isFit(readNumber(this.field.value))) this.accept();
    this.close();
  }

  press(event) {
    event.stopPropagation();
    if (event.key === "Escape") this.leave();
    if (event.key !== "Enter" && event.key !== "Tab") return;
    event.preventDefault();
    if (!this.accept()) return;
    const next = this.neighbour(event.shiftKey ? -1 : 1);
    if (next) this.edit(this.grid, next);
    else this.leave();
  }

  leave() {
    this.close();
    this.root.focus({ preventScroll: true });
  }

  /** The next cell in reading order that is not padding. */
  neighbour(direction) {
    const [top, bottom, left, right] = this.grid.padding;
    const columns = this.grid.columns - left - right;
    const last = (this.grid.rows - top - bottom) * columns;
    const index = (this.at[0] - top) * columns + this.at[1] - left + direction;
    return index >= 0 && index < last ? [top + Math.floor(index / columns), left + (index % columns)] : undefined;
  }

  /** A block pasted into a cell replaces the whole grid; a single number is pasted as text. */
  take(event) {
    const text = event.clipboardData.getData("text/plain").trim();
    if (!/[\s;]/.test(text)) return;
    event.preventDefault();
    this.close();
    this.paste(this.grid, text);
    this.root.focus({ preventScroll: true });
  }
}
