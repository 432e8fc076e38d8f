// Where Streamlit calls in: one component, several parts; `data.part` says which.

const PARTS = { gallery: Gallery, numbers: Numbers, classes: Classes, pixels: Pixels, table: Table, losses: Losses };
const NAMES = {
  gallery: "Gallery",
  numbers: "One image as numbers",
  classes: "Images of every class",
  pixels: "How often pixels occur",
  table: "What the first layer reads",
  losses: "Losses side by side",
};
const parts = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const part = parts.get(parentElement) ?? mount(parentElement, data.part);
  applyPalette(part.root, data.themes[appearance(part.root)]);
  showView(part.root, data.present);
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
