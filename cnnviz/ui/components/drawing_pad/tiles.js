// Small pictures in rows: feature maps, an occlusion map, training images.

class Tiles {
  constructor(root) {
    this.root = root;
  }

  update(data) {
    const now = appearance(this.root);
    const text = JSON.stringify([now, data.groups]);
    if (text === this.text) return;
    this.text = text;
    this.root.replaceChildren(...data.groups.map((group) => this.group(group, data.themes, now)));
  }

  group(group, themes, now) {
    const table = colours(group.kind, themes, now);
    const tiles = group.tiles.map((tile) => this.tile(tile, table));
    const head = html("p", { class: "group-head" }, html("strong", { text: group.title }), html("span", { text: group.caption }));
    if (group.limit) head.append(html("span", { class: "legend" }, html("span", { text: `${MINUS}${group.limit}` }), html("i"), html("span", { text: group.limit })));
    return html("div", { class: `group ${group.size}` }, head, html("div", { class: "tiles" }, ...tiles));
  }

  tile(tile, table) {
    const canvas = html("canvas", { class: "pixels", role: "img", "aria-label": tile.label });
    paint(canvas, bytes(tile.pixels), tile.size, table);
    const figure = html("figure", { title: tile.label, style: `--ratio: ${tile.size[1]} / ${tile.size[0]}` }, canvas);
    if (tile.caption) figure.append(html("figcaption", { text: tile.caption }));
    return figure;
  }
}
