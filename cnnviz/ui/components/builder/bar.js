// Above the table: which layer to add, where it goes, and the way back.

class BuilderBar {
  constructor(acts) {
    this.kinds = html("select", { "aria-label": "Kind of layer to add" });
    this.add = html("button", { type: "button", class: "main" });
    this.undo = html("button", { type: "button", text: "Undo" });
    this.help = html("span", { class: "hint", text: "Drag a layer by its dots, or choose it for more. Keys: Alt with arrows, Delete, Ctrl+Z." });
    this.element = html("div", { class: "bar" }, this.kinds, this.add, this.undo, this.help);
    this.kinds.onchange = () => this.explain();
    this.add.onclick = () => acts.add(this.kinds.value);
    this.undo.onclick = () => acts.undo();
  }

  load(kinds, undo, chosen) {
    if (this.kinds.length !== kinds.length) this.kinds.replaceChildren(...kinds.map(([name, label]) => html("option", { value: name, text: label })));
    this.told = Object.fromEntries(kinds.map(([name, , help]) => [name, help]));
    write(this.add, chosen ? `Add after ${chosen}` : "Add at the end");
    this.add.title = chosen ? "Puts the layer behind the chosen one." : "Puts the layer at the end; choose a layer to put it behind that one.";
    this.undo.disabled = Boolean(undo);
    this.undo.title = undo || "Back to the network before the last change.";
    this.explain();
  }

  explain() {
    this.kinds.title = this.told[this.kinds.value] ?? "";
  }
}
