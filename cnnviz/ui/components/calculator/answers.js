// The settings that give a wanted output size, as a list; one that is pressed becomes the present one.

class Answers {
  constructor(root) {
    this.root = root;
    this.question = html("h3");
    this.says = html("p", { class: "told" });
    this.list = html("div", { class: "answers-list", role: "list" });
    root.append(this.question, this.says, this.list);
  }

  update({ question, told, answers }, send) {
    write(this.question, question);
    write(this.says, told);
    this.list.replaceChildren(...answers.map((answer, at) => html("div", { role: "listitem" }, this.button(answer, at, send))));
  }

  button({ text, note, exact, keeps }, at, send) {
    const name = `answer${exact ? " exact" : ""}`;
    const button = html("button", { type: "button", class: name, "aria-pressed": String(keeps) }, html("b", { text }), html("small", { text: note }));
    button.onclick = () => send.setTriggerValue("pick", { at, text });
    return button;
  }

  close() {
    this.root.remove();
  }
}
