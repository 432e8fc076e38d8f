// Where Streamlit calls in: once when the component appears, again whenever its numbers or the theme change.

const parts = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const part = parts.get(parentElement) ?? mount(parentElement);
  applyPalette(part.root, data.themes[appearance(part.root)]);
  part.update(data, setTriggerValue);
  const call = (part.call = {}); // see `shared/index.js`
  return () => {
    if (part.call !== call) return;
    parts.delete(parentElement);
    part.close();
  };
}

function mount(parent) {
  const root = html("section", { class: "lesson growth", role: "group", tabindex: -1, "aria-label": "CNN and MLP compared" });
  parent.append(root);
  const part = new Growth(root);
  parts.set(parent, part);
  return part;
}
