// Where Streamlit calls in: one component, three parts; `data.part` says which.

const PARTS = { wipe: Wipe, probe: Probe, histogram: Histogram };
const NAMES = { wipe: "Before and after", probe: "How this pixel was made", histogram: "Histogram" };
const parts = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  const part = parts.get(parentElement) ?? mount(parentElement, data.part);
  if (data.part === "wipe") applyPalette(part.root, data.themes[appearance(part.root)]);
  part.update(data, setStateValue);
  return () => {
    parts.delete(parentElement);
    part.close();
  };
}

function mount(parent, name) {
  const root = html("section", { class: `lesson ${name}`, role: "group", "aria-label": NAMES[name] });
  parent.append(root);
  const part = new PARTS[name](root);
  parts.set(parent, part);
  return part;
}
