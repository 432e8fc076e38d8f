// Where Streamlit calls in.

const builders = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const open = builders.get(parentElement) ?? mount(parentElement);
  applyPalette(open.root, data.themes[appearance(open.root)]);
  open.update(data, { setTriggerValue });
  const call = (open.call = {}); // see `shared/index.js`
  return () => {
    if (open.call !== call) return;
    builders.delete(parentElement);
    open.close();
  };
}

function mount(parent) {
  const root = html("section", { class: "lesson architecture builder", role: "group", tabindex: -1 });
  parent.append(root);
  const open = new Builder(root);
  builders.set(parent, open);
  return open;
}
