// A line of the table: the layer with its settings and tools, what is counted of it, and what is wrong with it.

const TOOLS = {
  up: ["Move up", "M12 4l7 8h-5v8h-4v-8H5z"],
  down: ["Move down", "M12 20l-7-8h5V4h4v8h5z"],
  double: ["Duplicate", "M8 3h12v13h-3V6H8zM4 8h11v13H4z"],
  remove: ["Take out", "M9 3h6l1 2h4v2H4V5h4zM6 9h12l-1 12H7z"],
};

const GRIP = "M8 5h3v3H8zM13 5h3v3h-3zM8 10.5h3v3H8zM13 10.5h3v3h-3zM8 16h3v3H8zM13 16h3v3h-3z"; // six dots

class LayerLine {
  /** `acts` has `set`, `tool` and `mend`; the watch is told what is pointed at and pressed. */
  constructor(row, at, count, minor, watch, acts) {
    Object.assign(this, { name: row.name, at });
    this.fields = row.settings.map((setting) => new SettingField(setting, (name, text) => acts.set(at, name, text)));
    const off = { up: at === 0, down: at === count - 1 };
    const tools = Object.entries(TOOLS).map(([tool, [text, path]]) => {
      const button = html("button", { type: "button", class: "tool", title: text, "aria-label": `${text}: ${row.name}`, "data-tool": tool, disabled: Boolean(off[tool]) }, icon(path), html("span", { text }));
      button.onclick = () => acts.tool(at, tool);
      return button;
    });
    this.grip = html("span", { class: "grip", title: "Drag to move the layer", "aria-hidden": "true" }, icon(GRIP));
    const what = html("div", { class: "what" }, this.grip, html("b", { text: row.name }), ...(row.title ? [html("span", { class: "title", text: row.title })] : []));
    const settings = html("div", { class: "settings" }, ...this.fields.map(({ element }) => element));
    const told = [row.problem, row.refused].filter(Boolean).map((text) => html("p", { class: "problem", role: "alert", text }));
    const remedies = row.remedies.map((text, which) => {
      const button = html("button", { type: "button", class: "remedy", text, title: "Make this change." });
      button.onclick = () => acts.mend(which);
      return button;
    });
    const help = remedies.length ? [html("div", { class: "remedies" }, ...remedies)] : [];
    const layer = html("td", { class: "layer" }, html("div", { class: "head" }, what, settings, html("div", { class: "tools" }, ...tools)), ...told, ...help);
    const cells = row.cells.map((text, place) => html("td", { class: `amount${minor[place + 1] ? " minor" : ""}`, text: row.state === "fits" ? text : place ? "" : "?" }));
    this.element = html("tr", { class: row.state, tabindex: -1, "data-layer": row.name }, layer, ...cells);
    this.listen(watch);
  }

  listen(watch) {
    const { element, name } = this;
    element.onpointerenter = (event) => event.pointerType !== "touch" && watch.look(name);
    element.onpointerleave = () => watch.look();
    element.onfocus = () => element.matches(":focus-visible") && watch.look(name);
    element.onclick = (event) => !event.target.closest("button, input, select, label") && watch.press(name);
  }
}
