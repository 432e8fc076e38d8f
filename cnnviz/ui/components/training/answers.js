// What was answered to the held-out images: how often each class was read as each, and the surest mistakes.

class Answers {
  constructor(root) {
    this.root = root;
    this.table = html("table");
    this.strip = html("div", { class: "mistakes" });
    this.says = html("p", { class: "told" });
    const heading = html("p", { class: "heading", text: "Most confident mistakes" });
    this.root.append(
      html("div", { class: "confusion" }, this.table, this.says), html("div", {}, heading, this.strip),
    );
  }

  update(data, { setStateValue: tell }) {
    const { classes, counts, told } = data;
    const none = counts.some((row) => row[classes.length]);
    const heads = none ? [...classes, "none"] : classes;
    const scale = new Scale(Math.max(...counts.flat(), 1), data.themes, appearance(this.root));
    const head = html("tr", {}, html("th", { text: "is, read as" }), ...heads.map((name) => html("th", { scope: "col", text: name })));
    const rows = counts.map((row, label) => {
      const cells = heads.map((name, answer) => {
        const count = row[answer];
        const cell = html("td", { text: count ? String(count) : "", title: `${classes[label]} read as ${name}: ${count}` });
        if (count) {
          const value = answer === label ? count : -Math.max(count, scale.limit / 8);
          cell.style.background = scale.fill(value);
          cell.style.color = scale.ink(value);
        }
        return cell;
      });
      return html("tr", {}, html("th", { scope: "row", text: classes[label] }), ...cells);
    });
    this.table.replaceChildren(html("thead", {}, head), html("tbody", {}, ...rows));
    write(this.says, told);
    this.strip.replaceChildren(...data.mistakes.map(({ url, told, place }) => {
      const image = html("img", { src: url, alt: "" });
      const button = html("button", { type: "button", title: "Look at this image in the network" }, image, html("span", { text: told }));
      button.onclick = () => tell("image", { place, count: (this.count = (this.count ?? 0) + 1) });
      return button;
    }));
    if (!data.mistakes.length) this.strip.append(html("p", { class: "told", text: data.none }));
  }
}
