// The comparison: a chart, both networks, and the sums behind their totals.

class Growth {
  constructor(root) {
    this.root = root;
    this.chart = new Chart((side) => this.look({ side }), (side) => this.send("side", side));
    this.drawings = { cnn: new CnnDrawing(), mlp: new MlpDrawing() };
    this.headline = html("p", { class: "headline" });
    this.legend = html("div", { class: "curves" });
    this.says = html("p", { class: "told", "aria-live": "polite" });
    this.frame = html("div", { class: "chart-frame" }, this.chart.board);
    this.sides = Object.fromEntries(Object.keys(this.drawings).map((name) => [name, this.network(name)]));
    const left = html("div", { class: "left" }, this.frame, this.legend, this.says);
    root.append(this.headline, html("div", { class: "halves" }, left, html("div", { class: "right" }, ...Object.values(this.sides).map(({ element }) => element))));
    this.ears = new AbortController();
    listenToKeys(root, KEYS, { present: () => this.send("present", otherView(this.root)) }, this.ears.signal);
    this.resized = new ResizeObserver(() => this.redraw());
    this.resized.observe(root);
  }

  network(name) {
    const title = html("h3");
    const sums = html("table", { class: "sums" });
    const frame = html("div", { class: "network-frame" }, this.drawings[name].element);
    frame.onpointerover = (event) => this.look({ network: name, layer: event.target.closest("[data-layer]")?.dataset.layer });
    frame.onpointerleave = () => this.look(undefined);
    return { title, sums, frame, element: html("figure", { class: `network ${name}` }, title, frame, sums) };
  }

  update(data, send) {
    Object.assign(this, { data, send });
    showView(this.root, data.present);
    const shown = (name) => html("b", { class: name, "data-shows": name, text: data.written[name] });
    const ratio = html("b", { "data-shows": "ratio", text: data.written.ratio });
    this.headline.replaceChildren("CNN ", shown("cnn"), ", MLP ", shown("mlp"), ": ", ratio, ` times as many, for ${data.side} × ${data.side} × ${data.channels}`);
    this.legend.replaceChildren(...data.curves.map((curve) => this.entry(curve)));
    for (const name of ["cnn", "mlp"]) this.fillSums(name);
    this.size = this.held = undefined;
    this.redraw();
  }

  entry({ name, title, role, dash, remark }) {
    const line = svg("svg", { class: "sample", width: 34, height: 10, "aria-hidden": "true" }, svg("path", { class: `curve ${role}`, "stroke-dasharray": dash || null, d: "M0 5H34" }));
    const shows = ["cnn", "mlp"].includes(name) ? {} : { "data-shows": name };
    const value = html("b", { class: role, ...shows, "data-value": name, text: this.data.written[name] });
    const entry = html("div", { class: "entry", title: remark }, line, html("span", { text: title }), value);
    entry.onpointerenter = () => this.look({ curve: name, remark });
    entry.onpointerleave = () => this.look(undefined);
    return entry;
  }

  fillSums(name) {
    const { title, layers, total, work } = this.data[name];
    write(this.sides[name].title, title);
    const rows = layers.map((layer) => {
      const row = html("tr", { "data-layer": layer.name }, html("th", { scope: "row", text: layer.name }), html("td", { text: layer.formula }), html("td", { class: "count", text: layer.parameters }));
      row.onpointerenter = () => this.look({ network: name, layer: layer.name });
      row.onpointerleave = () => this.look(undefined);
      return row;
    });
    const sum = html("tr", { class: "total" }, html("th", { scope: "row", text: "Total" }), html("td", { text: work }), html("td", { class: "count", text: total }));
    this.sides[name].sums.replaceChildren(html("tbody", {}, ...rows, sum));
  }

  redraw() {
    const width = this.frame.clientWidth;
    const size = `${width} ${this.sides.cnn.frame.clientWidth}`;
    if (!width || size === this.size) return;
    this.size = size;
    const large = this.data.present && width >= 430;
    const spare = large ? Math.max(0, Math.min(180, window.innerHeight - 720)) : 0; // of what a projector has at least
    const font = large ? 19 : width < 430 ? 13 : 14;
    this.chart.draw(this.data, width, large ? 390 + spare : Math.min(340, Math.max(250, width * 0.66)), font);
    for (const [name, drawing] of Object.entries(this.drawings)) {
      drawing.draw(this.data[name], this.sides[name].frame.clientWidth, 108 + spare / 3, large ? 18 : 13);
    }
    this.show();
  }

  look(at) {
    if (JSON.stringify(at) === JSON.stringify(this.held)) return;
    this.held = at;
    this.show();
  }

  show() {
    const { data, held } = this;
    const side = held?.side ?? data.side;
    this.chart.point(side);
    this.chart.light(held?.curve);
    for (const value of this.legend.querySelectorAll("[data-value]")) {
      const name = value.dataset.value;
      write(value, side === data.side ? data.written[name] : this.chart.valueAt(name, side).toLocaleString("en"));
    }
    for (const [name, { element }] of Object.entries(this.sides)) {
      for (const part of element.querySelectorAll("[data-layer]")) part.classList.toggle("lit", Boolean(held?.layer) && held.network === name && part.dataset.layer === held.layer);
    }
    write(this.says, this.told(held));
  }

  told(held) {
    const { data } = this;
    if (held?.remark) return held.remark;
    if (held?.side && held.side !== data.side) {
      const near = data.samples.side[nearest(data.samples.side, held.side)];
      return `About ${near} × ${near} pixels; click to take ${held.side}.`;
    }
    if (!held?.layer) return data.present ? "" : withFingers() ? "Tap a layer to find its sum, or the chart for another size." : "Point at a layer to find its sum; click in the chart for another size.";
    const layer = data[held.network].layers.find(({ name }) => name === held.layer);
    return layer ? `${layer.name}: ${layer.formula} = ${layer.parameters}, giving ${layer.shape}.` : "";
  }

  close() {
    clearTimeout(this.chart.pending);
    this.ears.abort();
    this.resized.disconnect();
    this.root.remove();
  }
}
