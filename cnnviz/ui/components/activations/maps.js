// A feature map and what an activation makes of it, side by side on one scale.

class Maps {
  constructor(root) {
    this.root = root;
    this.figures = [0, 1, 2].map(() => ({ image: html("img", { alt: "" }), caption: html("figcaption") }));
    const pictures = this.figures.map(({ image, caption }, at) => html("figure", { class: ["source", "input", "output"][at] }, caption, image));
    this.legend = new Legend();
    this.says = html("p", { class: "caption" });
    this.root.append(html("div", { class: "map-row" }, ...pictures), html("div", { class: "map-legend" }, this.legend.element), this.says);
  }

  update(data) {
    data.pictures.forEach(({ url, title }, at) => {
      const { image, caption } = this.figures[at];
      if (image.src !== url) image.src = url;
      image.alt = title;
      write(caption, title);
    });
    this.legend.load(new Scale(data.limit, data.themes, appearance(this.root)));
    write(this.says, data.caption);
  }
}
