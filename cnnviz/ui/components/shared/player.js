// The row of controls below a run. It knows how many stops there are, not what they show.

const ICONS = {
  first: "M6 5h2.5v14H6zM19 5v14l-9-7z",
  back: "M17 5v14l-10-7z",
  play: "M8 5v14l11-7z",
  pause: "M7 5h3.5v14H7zM13.5 5H17v14h-3.5z",
  forward: "M7 5v14l10-7z",
  last: "M15.5 5H18v14h-2.5zM5 5v14l9-7z",
};
const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];

/** The controls; `acts` holds what each one does. */
class Player {
  constructor(acts, keys) {
    this.acts = acts;
    this.buttons = {};
    const named = (name, label) => (this.buttons[name] = this.button(name, label, keys));
    const steps = html("div", { class: "buttons" });
    steps.append(named("first", "First stop"), named("back", "Step back"), named("toggle", "Play"));
    steps.append(named("forward", "Step forward"), named("last", "Last stop"));
    this.slider = html("input", { type: "range", min: 0, step: 1, "aria-label": "Stop" });
    this.slider.oninput = () => acts.scrub(Number(this.slider.value));
    this.count = html("output", { class: "count" });
    const scrub = html("div", { class: "scrub" }, this.slider, this.count);
    this.element = html("div", { class: "player", role: "group", "aria-label": "Player" }, steps, scrub, this.options(acts, keys));
  }

  button(name, label, keys) {
    const key = keys.find((entry) => entry.action === name);
    const button = html("button", { type: "button", "data-act": name, "aria-label": label });
    button.title = key ? `${label} (${key.label})` : label;
    button.append(icon(ICONS[name] ?? ICONS.play));
    button.onclick = (event) => {
      this.acts[name]();
      if (event.detail) this.acts.home(); // after a mouse, keys go to the picture and not to this button
    };
    return button;
  }

  options(acts, keys) {
    const choices = SPEEDS.map((speed) => html("option", { value: speed, text: `${speed}×`, selected: speed === 1 }));
    this.speed = html("select", { "aria-label": "Speed", title: "Speed" }, ...choices);
    this.speed.onchange = () => acts.setSpeed(Number(this.speed.value));
    this.speed.onpointerdown = () => this.speed.addEventListener("change", () => acts.home(), { once: true });
    this.hide = html("input", { type: "checkbox" });
    this.hide.onchange = () => acts.setHidden(this.hide.checked);
    this.hide.onclick = (event) => event.detail && acts.home();
    const ask = html("label", { class: "ask", title: "Ask first: each result shows a question mark until you step" });
    ask.append(this.hide, html("span", { text: "Hide result until I step" }));
    this.keys = keyHelp(keys);
    return html("div", { class: "options" }, this.speed, ask, this.keys);
  }

  toggleKeys() {
    this.keys.open = !this.keys.open;
  }

  /** Show where the run is. */
  show({ step, stops, running: playing, hide }) {
    this.slider.max = stops - 1;
    this.slider.value = step;
    this.slider.setAttribute("aria-valuetext", `Stop ${step + 1} of ${stops}`);
    write(this.count, `${step + 1} / ${stops}`);
    this.hide.checked = hide;
    if (this.playing === playing) return;
    this.playing = playing;
    const { toggle } = this.buttons;
    toggle.setAttribute("aria-label", playing ? "Pause" : "Play");
    toggle.title = playing ? "Pause (Space)" : "Play (Space)";
    toggle.replaceChildren(icon(ICONS[playing ? "pause" : "play"]));
  }
}

/** List what every key does; keys that do the same share a line. */
function keyHelp(keys) {
  const meanings = [...new Set(keys.map(({ meaning }) => meaning))];
  const lines = meanings.flatMap((meaning) => {
    const alike = keys.filter((key) => key.meaning === meaning);
    const names = alike.flatMap(({ label }, at) => [at ? " or " : "", html("kbd", { text: label })]);
    return [html("dt", {}, ...names), html("dd", { text: meaning })];
  });
  return html("details", { class: "keys" }, html("summary", { text: "Keys" }), html("dl", {}, ...lines));
}
