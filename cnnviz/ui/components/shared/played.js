// What every lesson with a player does: the run and its keys, looking at a cell and holding it, typing and pasting.
//
// A lesson extends `Played` and says what is its own: `stops` and `across` (stops in all and in a row), `draw(motion)`,
// `measure()`, `stepOf(at)` (the stop a pressed cell jumps to, or undefined), `canEdit(at)`, `gridOf(at)`, and
// `addressOf(grid)`, which names a grid to Python.

const COMMIT = 300; // milliseconds of rest before Python hears of a step
const ABSENCE = 5000; // milliseconds for which a picture is taken away if answers come late
const untold = new Map(); // by key: where a picture rested that was taken away before Python heard of it

class Played {
  constructor(root) {
    this.root = root;
    this.touched = withFingers();
    this.abort = new AbortController();
    this.run = new Run((motion) => this.moved(motion));
    this.told = html("p", { class: "told" });
    this.live = html("div", { class: "unseen", "aria-live": "polite" });
    this.player = new Player(this.acts(), KEYS);
    this.editor = new CellEditor(root, (...edit) => this.sendCell(...edit), (...block) => this.sendBlock(...block));
  }

  /** Hear keys, pastes and changes of size until the lesson is closed. */
  listen() {
    const { signal } = this.abort;
    listenToKeys(this.root, KEYS, this.acts(), signal);
    window.addEventListener("paste", (event) => this.pasted(event), { signal });
    window.addEventListener("resize", () => this.measure(), { signal });
    this.observer = new ResizeObserver(() => this.measure());
    this.observer.observe(this.root);
  }

  /** End everything that would outlive the page. */
  close() {
    const { key, turn, known, run } = this;
    if (!run.running && run.step !== known) untold.set(key, { turn, step: run.step, since: performance.now() });
    run.clock.stop();
    this.abort.abort();
    this.observer.disconnect();
    clearTimeout(this.pending);
    clearTimeout(this.saying);
    this.root.remove();
  }

  /** What buttons and keys can do. */
  acts() {
    const { run } = this;
    return {
      first: () => run.go(0),
      last: () => run.go(run.last),
      back: () => run.go(run.step - 1),
      forward: () => run.forward(),
      up: () => run.go(run.step - this.across),
      down: () => run.go(run.step + this.across),
      toggle: () => (run.running ? run.pause() : run.play()),
      scrub: (step) => run.go(step, 0),
      hide: () => run.setHidden(!run.hide),
      setHidden: (hide) => run.setHidden(hide),
      setSpeed: (speed) => run.setSpeed(speed),
      edit: () => this.editHeld(),
      release: () => this.release(),
      present: () => this.send.setTriggerValue("present", otherView(this.root)),
      keys: () => this.player.toggleKeys(),
      home: () => this.root.focus({ preventScroll: true }),
    };
  }

  /** Take data that tells nothing but where Python knows the run to be, without drawing anything anew. */
  hears({ start, ...shown }, send) {
    const before = this.pictured;
    this.pictured = JSON.stringify([start.turn, appearance(this.root), shown]);
    if (this.pictured !== before) return false;
    this.send = send;
    this.hear(start);
    return true;
  }

  /** Note which stop Python knows of, and tell it if that is not where we are. */
  hear({ step }) {
    this.known = step;
    if (this.run.step !== step) this.commit();
  }

  /** Start where Python wants to, if that is a new turn; and stay within the stops there are. */
  follow({ start, hide }, stops) {
    if (start.turn !== this.turn) {
      this.run.begin(this.left(start) ?? start.step, stops, hide);
      Object.assign(this, { key: start.key, turn: start.turn });
      this.pin = this.hover = undefined;
    }
    this.run.limit(stops);
    this.hear(start);
  }

  /** Where this picture was when it was taken away, if that was just now and Python has not heard of it. */
  left({ key, turn }) {
    const kept = this.turn === undefined ? untold.get(key) : undefined;
    untold.delete(key);
    return kept?.turn === turn && performance.now() - kept.since < ABSENCE ? kept.step : undefined;
  }

  /** Of other shapes than before, what was held or typed into may not be there any more. */
  forgetUnless(shape) {
    if (shape === this.shape) return;
    this.shape = shape;
    this.pin = this.hover = undefined;
    this.editor.close();
  }

  /** The run moved, paused or hid something. */
  moved(motion) {
    this.hover = undefined;
    this.draw(motion);
    this.commit();
  }

  /** Look at a cell or a term while the pointer is on it; that pauses the run. */
  look(at) {
    if (same(at, this.hover)) return;
    if (at) this.run.pause();
    this.hover = at;
    this.draw(0);
  }

  /** Keep looking at a cell until it is pressed again. */
  hold(at) {
    this.pin = same(at, this.pin) ? undefined : at;
    this.hover = this.touched ? this.pin : at;
    this.draw(0);
  }

  /** A click or tap on a cell: outputs are jumped to, the others held; a second tap edits. */
  press(at) {
    const step = this.stepOf(at);
    if (step !== undefined) return this.run.go(step);
    if (this.touched && same(at, this.pin) && this.editAt(at)) return undefined;
    return this.hold(at);
  }

  /** Let keys work after a click, without the focus ring and the keyboard's cursor. */
  takeFocus(event) {
    event.preventDefault();
    this.editor.finish();
    this.root.focus({ preventScroll: true });
  }

  release() {
    if (!this.pin && !this.hover) return false;
    this.pin = this.hover = undefined;
    this.draw(0);
    return true;
  }

  /** Say a sentence to those who do not see the picture. */
  say(sentence) {
    clearTimeout(this.saying);
    this.saying = setTimeout(() => write(this.live, sentence), 150);
  }

  /** Tell Python where we are, once nothing has moved for a while. */
  commit() {
    clearTimeout(this.pending);
    this.pending = setTimeout(() => {
      const { step, running } = this.run;
      if (!running && step !== this.known) this.send.setStateValue("at", { step, turn: this.turn });
      if (!running) this.known = step;
    }, COMMIT);
  }

  sendCell(grid, [row, column], value) {
    const [top, , left] = grid.padding;
    this.send.setTriggerValue("edit", { ...this.addressOf(grid), row: row - top, column: column - left, value });
  }

  sendBlock(grid, text) {
    const fits = text.length <= this.page.longest;
    if (fits) this.send.setTriggerValue("edit", { ...this.addressOf(grid), text });
    else write(this.told, "What was pasted is too long for a matrix; nothing was changed.");
  }

  editHeld() {
    const at = this.pin ?? this.hover;
    return at ? this.editAt(at) : false;
  }

  /** Open the editor on a cell that can be edited. */
  editAt(at) {
    if (!this.canEdit(at)) return false;
    this.run.pause();
    this.pin = this.hover = undefined;
    this.draw(0);
    this.editor.edit(this.gridOf(at), at.cell);
    return true;
  }

  pasted(event) {
    const at = this.hover ?? this.pin;
    if (!this.page.editable || !at || !this.takesBlocks(at) || !isOurs(event, this.root)) return;
    const text = event.clipboardData.getData("text/plain").trim();
    if (!text) return;
    event.preventDefault();
    this.sendBlock(this.gridOf(at), text);
  }
}

/** Tell whether two things that are looked at are one. */
function same(one, other) {
  const name = (at) => at && Object.values(at).join(" ");
  return name(one) === name(other);
}
