// How many images every class has; below, the mean of them and where they differ. A click shows one class alone.

class Classes {
  constructor(root) {
    this.root = root;
    this.field = html("div", { class: "bars" });
    root.append(this.field);
  }

  update(data, send) {
    const most = Math.max(...data.bars.map(([, count]) => count), 1);
    const columns = data.bars.map(([name, count, share], at) => {
      const pressed = String(data.chosen === at);
      const told = `Class ${name}: ${count.toLocaleString("en")} images, ${percent(share)}`;
      const column = html("button", { type: "button", class: "class", "aria-pressed": pressed, "aria-label": told, title: `${told}. Click to see them alone, or all again.` });
      const bar = html("span", { class: "bar" }, html("i"));
      bar.style.setProperty("--part", count / most);
      column.append(
        html("span", { class: "tally" }, html("b", { text: count.toLocaleString("en") }), html("small", { text: percent(share) })),
        bar,
        html("b", { class: "name", text: name }),
        thumbnail(data.means, at, data.bars.length),
        thumbnail(data.deviations, at, data.bars.length),
      );
      column.onclick = () => send.setTriggerValue("class", at);
      return column;
    });
    const focused = [...this.field.querySelectorAll("button")].indexOf(this.root.getRootNode().activeElement);
    this.field.replaceChildren(...columns);
    columns[focused]?.focus();
  }
}
