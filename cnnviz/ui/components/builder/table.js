// The table that is edited. It is made anew at each change; what has the focus keeps it, and what is typed stays.

class EditTable {
  constructor(watch, act) {
    Object.assign(this, { watch, act, chosen: "" });
    this.head = html("tr");
    this.body = html("tbody");
    this.foot = html("tr");
    const table = html("table", {}, html("thead", {}, this.head), this.body, html("tfoot", {}, this.foot));
    this.bar = new BuilderBar({ add: (kind) => this.insert(kind), undo: () => act({ do: "undo" }) });
    this.frame = html("div", { class: "layer-table" }, table);
    this.drag = new LineDrag(this.frame, (at, to) => this.move(at, to));
    this.empty = html("p", { class: "empty", text: "No layer yet: choose a kind above and add it." });
    this.element = html("div", { class: "editor" }, this.bar.element, this.frame, this.empty);
    this.body.onkeydown = (event) => this.key(event);
    this.acts = {
      set: (at, name, text) => act({ do: "set", at, name, text }),
      tool: (at, tool) => this.use(at, tool),
      mend: (which) => act({ do: "mend", which }),
    };
  }

  load({ heads, rows, total, kinds, undo, chosen }) {
    const kept = this.hold();
    const minor = heads.map(([, , less]) => less);
    const side = (at) => `${at ? "amount" : ""}${minor[at] ? " minor" : ""}`;
    this.head.replaceChildren(...heads.map(([text, help], at) => html("th", { scope: "col", class: side(at), title: help, text })));
    this.lines = rows.map((row, at) => new LayerLine(row, at, rows.length, minor, this.watch, this.acts));
    this.body.replaceChildren(...this.lines.map(({ element }) => element));
    this.drag.load(this.lines);
    const cells = ["Total", ...total].map((text, at) => html("td", { class: side(at), text, "data-total": at ? heads[at][0] : false }));
    this.foot.replaceChildren(...cells);
    this.frame.hidden = rows.length === 0;
    this.empty.hidden = rows.length > 0;
    this.chosen = chosen;
    this.bar.load(kinds, undo, chosen);
    this.give(kept);
  }

  /** Remember what has the focus: a field, a tool, or a line. */
  hold() {
    const focus = this.element.getRootNode().activeElement;
    const line = this.lines?.find(({ element }) => element.contains(focus));
    const wanted = this.wanted;
    this.wanted = undefined;
    if (wanted) return wanted;
    if (!line) return undefined;
    const field = line.fields.find(({ input }) => input === focus);
    const typed = field && focus.value !== field.text ? focus.value : undefined;
    return { at: line.at, setting: field?.name, tool: focus.dataset.tool, typed, range: field && [focus.selectionStart, focus.selectionEnd] };
  }

  give(kept) {
    const line = kept && this.lines[Math.min(kept.at, this.lines.length - 1)];
    const entry = this.lines.find(({ name }) => name === this.chosen) ?? this.lines[0];
    if (entry) entry.element.tabIndex = 0;
    if (!line) return;
    const field = line.fields.find(({ name }) => name === kept.setting);
    const tool = kept.tool && line.element.querySelector(`[data-tool=${kept.tool}]:enabled`);
    const target = field?.input ?? tool ?? line.element;
    if (field && kept.typed !== undefined) field.input.value = kept.typed;
    target.focus({ preventScroll: true });
    if (field && kept.range?.[0] != null) field.input.setSelectionRange(...kept.range);
  }

  insert(kind) {
    const at = this.lines.findIndex(({ name }) => name === this.chosen);
    this.act({ do: "add", kind, at: at < 0 ? this.lines.length : at + 1 });
  }

  /** Move a layer; then its line, or a tool of it, has the focus. */
  move(at, to, tool) {
    this.wanted = { at: to, tool };
    this.act({ do: "move", at, to });
  }

  /** Use a tool of a line, by its button or by a key; then the button or the line at the new place has the focus. */
  use(at, tool, key = false) {
    const focus = key ? undefined : tool;
    const last = this.lines.length - 1;
    const to = tool === "up" ? at - 1 : at + 1;
    if (tool === "up" || tool === "down") {
      if (to >= 0 && to <= last) this.move(at, to, focus);
    } else if (tool === "double") {
      this.wanted = { at: at + 1, tool: focus };
      this.act({ do: "double", at });
    } else {
      this.wanted = { at: Math.min(at, last - 1), tool: focus };
      this.act({ do: "remove", at });
    }
  }

  light(looked, chosen, reveal) {
    let first;
    for (const { name, element } of this.lines) {
      element.classList.toggle("lit", looked.includes(name));
      element.classList.toggle("chosen", chosen.includes(name));
      element.setAttribute("aria-selected", String(chosen.includes(name)));
      if (looked.includes(name) || (!looked.length && chosen.includes(name))) first ??= element;
    }
    if (reveal && first) this.reveal(first);
  }

  /** Scroll the table, and only the table, until a line is seen. */
  reveal(line) {
    const { frame } = this;
    const top = line.offsetTop - this.head.offsetHeight;
    const bottom = line.offsetTop + line.offsetHeight + this.foot.offsetHeight;
    if (top < frame.scrollTop) frame.scrollTop = top;
    else if (bottom > frame.scrollTop + frame.clientHeight) frame.scrollTop = bottom - frame.clientHeight;
  }

  /** Arrows walk the lines; with Alt they move the layer. */
  key(event) {
    const line = this.lines.find(({ element }) => element === event.target);
    if (!line) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step && event.altKey) this.use(line.at, step < 0 ? "up" : "down", true);
    else if (step) this.lines[Math.max(0, Math.min(this.lines.length - 1, line.at + step))].element.focus();
    else if (event.key === "Delete" || event.key === "Backspace") this.use(line.at, "remove", true);
    else if (event.key === "Enter" || event.key === " ") this.watch.press(line.name);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
