// A run of stops: where it is, whether the result is shown yet, and when the next stop is due.

const STOP = 1000; // milliseconds from stop to stop at normal speed
const MOTION = 400; // of which a move takes at most so many

/** Beats at a speed. */
class Clock {
  constructor(beat) {
    this.beat = beat;
    this.speed = 1;
    this.timer = undefined;
  }

  get running() {
    return this.timer !== undefined;
  }

  /** How long a move may take: a faster run moves faster, and always stands still at each stop. */
  get motion() {
    return prefersStillness() ? 0 : Math.min(MOTION, (0.5 * STOP) / this.speed);
  }

  start() {
    this.stop();
    this.due = performance.now();
    this.wait();
  }

  /** Wait for the next beat, counted from the last one so that delays do not add up. */
  wait() {
    this.due = Math.max(this.due + STOP / this.speed, performance.now());
    this.timer = setTimeout(() => {
      this.wait();
      this.beat();
    }, this.due - performance.now());
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}

/** Walks from stop to stop; `changed(motion)` is called after every change. */
class Run {
  constructor(changed) {
    this.changed = changed;
    this.clock = new Clock(() => this.beat());
    this.begin(0, 1, false);
  }

  begin(step, stops, hide) {
    this.clock.stop();
    Object.assign(this, { step, stops, hide, revealed: !hide });
  }

  /** Take another number of stops and stay as near as possible. */
  limit(stops) {
    this.stops = stops;
    this.step = Math.min(this.step, stops - 1);
  }

  get running() {
    return this.clock.running;
  }

  get last() {
    return this.stops - 1;
  }

  get finished() {
    return this.step === this.last && this.revealed;
  }

  /** How many results are shown. */
  get shown() {
    return this.step + (this.revealed ? 1 : 0);
  }

  isHidden(step) {
    return this.hide && step >= this.shown;
  }

  /** Go to a stop. Going back shows a result that was seen before; going on asks anew. */
  go(step, motion = this.clock.motion) {
    const target = Math.max(0, Math.min(this.last, step));
    this.clock.stop();
    this.revealed = !this.hide || target < this.step || (target === this.step && this.revealed);
    this.step = target;
    this.changed(motion);
  }

  /** One press: first the result if it is hidden, then the next stop. */
  forward() {
    this.clock.stop();
    this.advance();
  }

  advance() {
    if (!this.revealed) this.revealed = true;
    else if (this.step < this.last) {
      this.step += 1;
      this.revealed = !this.hide;
    }
    this.changed(this.clock.motion);
  }

  play() {
    if (this.finished) this.go(0);
    this.clock.start();
    this.changed(this.clock.motion);
  }

  beat() {
    this.advance();
    if (this.finished) this.pause();
  }

  pause() {
    if (!this.running) return;
    this.clock.stop();
    this.changed(this.clock.motion);
  }

  setSpeed(speed) {
    this.clock.speed = speed;
    if (this.running) this.clock.start();
  }

  setHidden(hide) {
    this.hide = hide;
    this.revealed = !hide;
    this.changed(0);
  }
}
