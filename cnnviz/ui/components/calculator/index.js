// Where Streamlit calls in: one component, two parts; `data.part` says which.

const PARTS = { layer: LayerView, answers: Answers };
const NAMES = { layer: "The layer, drawn and counted", answers: "Settings that give a size" };
const parts = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const part = parts.get(parentElement) ?? mount(parentElement, data.part);
  applyPalette(part.root, data.themes[appearance(part.root)]);
  part.update(data, setTriggerValue);
  return () => {
    parts.delete(parentElement);
    part.close();
  };
}

function mount(parent, name) {
  const root = html("section", { class: `lesson ${name}`, role: "group", tabindex: -1, "aria-label": NAMES[name] });
  parent.append(root);
  const part = new PARTS[name](root);
  parts.set(parent, part);
  return part;
}
