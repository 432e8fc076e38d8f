// One setting of a layer, edited in place: Enter or leaving the field takes it, Escape gives it up.

class SettingField {
  constructor([name, label, help, text, choices], commit) {
    Object.assign(this, { name, text, commit });
    this.input = choices.length ? this.menu(choices) : html("input", { type: "text", autocomplete: "off", spellcheck: "false", maxlength: 400 });
    this.input.value = text;
    if (!choices.length) this.input.style.width = `${Math.max(2.1, Math.min(16, text.length * 0.62 + 0.9))}em`;
    this.input.setAttribute("aria-label", label);
    this.input.title = help;
    this.element = html("label", { class: "setting", title: help, "data-setting": name }, html("span", { text: label }), this.input);
    this.input.onchange = () => this.take();
    this.input.onkeydown = (event) => this.press(event);
  }

  menu(choices) {
    return html("select", {}, ...choices.map((choice) => html("option", { value: choice, text: choice })));
  }

  take() {
    if (this.input.value !== this.text) this.commit(this.name, this.input.value);
    this.text = this.input.value;
  }

  press(event) {
    event.stopPropagation();
    if (event.key === "Escape") {
      this.input.value = this.text;
      this.input.select?.();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.take();
    }
  }
}
