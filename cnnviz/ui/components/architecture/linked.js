// Drawing and table together: what is looked at in one lights in the other.

class Linked {
  constructor(root) {
    this.root = root;
    this.looked = "";
    this.told = html("p", { class: "told", "aria-live": "polite" });
    this.drawing = new NetworkDrawing({ look: (name) => this.look(name, "drawing"), press: (name) => this.press(name) });
    this.table = this.makeTable({ look: (name) => this.look(name, "table"), press: (name) => this.press(name) });
    root.append(this.drawing.element, this.told, this.table.element);
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(root);
    this.ears = new AbortController();
    const turn = () => this.page?.keys && this.send.setTriggerValue("present", otherView(root));
    listenToKeys(root, KEYS, { present: turn }, this.ears.signal);
  }

  makeTable(watch) {
    return new LayerTable(watch);
  }

  close() {
    this.observer.disconnect();
    this.ears.abort();
    this.root.remove();
  }

  update(page, send) {
    Object.assign(this, { page, send, looked: "" });
    showView(this.root, page.present);
    this.root.classList.toggle("tall", Boolean(page.tall));
    this.root.setAttribute("aria-label", page.label);
    for (const [part, sent] of [[this.drawing, page.drawing], [this.table, page.table]]) {
      part.element.hidden = !sent;
      if (sent) part.load(sent, page.present);
    }
    this.told.hidden = !page.drawing;
    this.fit();
    this.light(true);
  }

  fit() {
    if (this.page?.drawing) this.drawing.fit(this.root.clientWidth);
  }

  look(name = "", from = "") {
    this.looked = name;
    this.light(from === "drawing");
  }

  press(name) {
    this.send.setTriggerValue("choose", name === this.page.chosen ? "" : name);
  }

  light(reveal) {
    const { page, looked } = this;
    const box = page.drawing && this.drawing.find(looked || page.chosen);
    if (page.drawing) this.drawing.light(looked, page.chosen);
    const shown = (name) => (page.drawing && this.drawing.boxes.find((each) => each.name === name)?.members) || [name];
    if (page.table) this.table.light(looked ? shown(looked) : [], page.chosen ? shown(page.chosen) : [], reveal);
    write(this.told, box ? box.told() : page.hint);
  }
}
