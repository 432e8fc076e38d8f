// A program: its text in colours, and a button that copies it.

const COPY = "M16 1H4a2 2 0 0 0-2 2v14h2V3h12V1zm3 4H8a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2V7a2 2 0 0 0-2-2zm0 16H8V7h11v14z";
const DONE = "M9 16.2 4.8 12l-1.4 1.4L9 19 21 7l-1.4-1.4z";
const STAYS = 2000; // ms that the button tells what it did

class Program {
  constructor(root) {
    this.root = root;
    this.code = html("code");
    this.button = html("button", { class: "copy", type: "button" }, icon(COPY));
    this.button.onclick = () => this.copy();
    this.live = html("div", { class: "said", "aria-live": "polite" });
    root.append(html("pre", {}, this.code), this.button, this.live);
  }

  update({ name, spans }) {
    this.button.title = `Copy the ${name}`;
    this.button.setAttribute("aria-label", this.button.title);
    const written = JSON.stringify(spans);
    if (written === this.written) return;
    this.written = written;
    this.code.replaceChildren(...spans.map(([kind, text]) => (kind ? html("span", { class: kind, text }) : text)));
    this.tell(COPY, "");
  }

  async copy() {
    const copied = await copyText(this.code);
    this.tell(copied ? DONE : COPY, copied ? "Copied." : "It is selected: press Ctrl and C to copy it.");
    this.timer = setTimeout(() => this.tell(COPY, ""), STAYS);
  }

  tell(path, sentence) {
    clearTimeout(this.timer);
    this.button.replaceChildren(icon(path));
    write(this.live, sentence);
  }

  close() {
    clearTimeout(this.timer);
    this.root.remove();
  }
}

/** Copy the text of an element. A page that did not come by HTTPS has no clipboard: then it is selected and copied. */
async function copyText(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(element);
    return document.execCommand("copy");
  }
}
