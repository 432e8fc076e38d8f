// A page of images. Arrows walk, Enter or a click shows one large; the row above turns the page.

const TURNS = { PageUp: -1, PageDown: 1 };

class Gallery {
  constructor(root) {
    this.root = root;
    this.before = this.turner("Page before", "M15.5 5L8 12l7.5 7", -1);
    this.after = this.turner("Next page", "M8.5 5L16 12l-7.5 7", 1);
    this.told = html("output", { class: "told", "aria-live": "polite" });
    this.head = html("div", { class: "head" }, this.before, this.told, this.after);
    this.field = html("div", { class: "images" });
    this.hint = html("p", { class: "told hint" });
    root.append(this.head, this.field, this.hint);
    this.field.onkeydown = (event) => this.walk(event);
  }

  turner(label, path, by) {
    const button = html("button", { type: "button", class: "turn", "aria-label": label, title: label }, icon(path));
    button.onclick = () => this.turn(by);
    return button;
  }

  turn(by) {
    const page = this.data.page + by;
    if (page < 0 || page >= this.data.pages) return;
    this.returning = this.field.contains(this.root.getRootNode().activeElement);
    this.send.setTriggerValue("page", page);
  }

  update(data, send) {
    const { places, labels, first, total, page, pages, chosen } = data;
    const another = !this.data || this.data.places.join() !== places.join() || this.data.strip !== data.strip;
    Object.assign(this, { data, send });
    this.root.setAttribute("aria-label", data.name);
    this.root.classList.toggle("long", labels.some((label) => label.length > 3));
    this.head.hidden = !pages;
    this.root.classList.toggle("single", !pages);
    write(this.told, total ? `${(first + 1).toLocaleString("en")} to ${(first + places.length).toLocaleString("en")} of ${total.toLocaleString("en")} images` : "No image of this class.");
    this.before.disabled = page <= 0;
    this.after.disabled = page >= pages - 1;
    write(this.hint, data.hint);
    this.hint.hidden = !data.hint;
    if (another) this.fill();
    this.nodes.forEach((node, at) => node.setAttribute("aria-pressed", String(places[at] === chosen)));
    const at = Math.max(0, places.indexOf(chosen));
    this.nodes.forEach((node, place) => (node.tabIndex = place === at ? 0 : -1));
    if (another && this.returning) this.nodes[0]?.focus();
    this.returning = another ? false : this.returning;
  }

  fill() {
    const { places, labels, strip } = this.data;
    this.nodes = places.map((place, at) => {
      const label = `Image ${place.toLocaleString("en")}: ${labels[at]}`;
      const node = html("button", { type: "button", class: "image", title: label, "aria-label": label });
      node.append(thumbnail(strip, at, places.length), html("span", { text: labels[at], "aria-hidden": "true" }));
      node.onclick = () => this.send.setTriggerValue("image", at);
      return node;
    });
    this.field.replaceChildren(...this.nodes);
  }

  walk(event) {
    if (TURNS[event.key]) {
      event.preventDefault();
      return this.turn(TURNS[event.key]);
    }
    const at = this.nodes.indexOf(event.target);
    const across = this.nodes.filter((node) => node.offsetTop === this.nodes[0].offsetTop).length;
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across, Home: -at, End: this.nodes.length - 1 - at };
    if (at < 0 || !(event.key in steps)) return undefined;
    event.preventDefault();
    event.stopPropagation();
    return this.nodes[at + steps[event.key]]?.focus();
  }
}
