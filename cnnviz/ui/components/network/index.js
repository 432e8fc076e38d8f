// Where Streamlit calls in: one component, several parts; `data.part` says which.

const PARTS = {
  network: Drawing,
  sums: Sums,
  answer: Answer,
  pair: Pair,
  filters: Filters,
  confusion: Confusion,
  gallery: Gallery,
  lines: Lines,
};
const NAMES = {
  network: "The network",
  answer: "Units and their weights",
  pair: "Before and after",
  filters: "Filters",
  confusion: "Who was taken for whom",
  gallery: "Images",
  sums: "How this map is made",
  lines: "Accuracy on shifted images",
};
const parts = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const part = parts.get(parentElement) ?? mount(parentElement, data.part);
  applyPalette(part.root, data.themes[appearance(part.root)]);
  part.update(data, { setTriggerValue });
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
