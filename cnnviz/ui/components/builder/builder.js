// Drawing and table of a stack. Acts are numbered; those that were not answered are sent again, none is done twice.

class Builder extends Linked {
  constructor(root) {
    super(root);
    this.waiting = [];
    this.drawing.low = true;
    root.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === "z" && !event.target.matches("input")) {
        event.preventDefault();
        this.act({ do: "undo" });
      }
    });
  }

  makeTable(watch) {
    return new EditTable(watch, (act) => this.act(act));
  }

  update(page, send) {
    this.number = Math.max(this.number ?? 0, page.done);
    this.waiting = this.waiting.filter(({ n }) => n > page.done);
    super.update({ ...page, table: { ...page.table, chosen: page.chosen } }, send);
    if (this.waiting.length) this.send.setTriggerValue("acts", this.waiting);
  }

  act(act) {
    this.number += 1;
    this.waiting.push({ n: this.number, ...act });
    this.send.setTriggerValue("acts", [...this.waiting]);
  }

  press(name) {
    const chosen = name === this.page.chosen || name === "input" ? "" : name;
    this.page.chosen = chosen;
    this.light(false);
    this.act({ do: "choose", name: chosen });
  }
}
