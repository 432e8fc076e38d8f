// Where Streamlit calls in.

const linked = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const open = linked.get(parentElement) ?? mount(parentElement);
  applyPalette(open.root, data.themes[appearance(open.root)]);
  open.update(data, { setTriggerValue });
  const call = (open.call = {}); // see `shared/index.js`
  return () => {
    if (open.call !== call) return;
    linked.delete(parentElement);
    open.close();
  };
}

function mount(parent) {
  const root = html("section", { class: "lesson architecture", role: "group", tabindex: -1 });
  parent.append(root);
  const open = new Linked(root);
  linked.set(parent, open);
  return open;
}
