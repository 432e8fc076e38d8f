// Where Streamlit calls in: one component, four parts; `data.part` says which.

const PARTS = { pad: Pad, view: View, tiles: Tiles, rates: Rates };
const NAMES = { pad: "Drawing pad", view: "What the network sees and says", tiles: "Small pictures", rates: "Shares" };
const parts = new WeakMap();

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const part = parts.get(parentElement) ?? mount(parentElement, data.part);
  applyPalette(part.root, data.themes[appearance(part.root)]);
  showView(part.root, Boolean(data.present));
  part.update(data, { setStateValue, setTriggerValue });
  part.present = () => setTriggerValue("present", otherView(part.root));
  return () => {
    parts.delete(parentElement);
    part.ears.abort();
    part.close();
  };
}

function mount(parent, name) {
  const root = html("section", { class: `lesson ${name}`, role: "group", tabindex: -1, "aria-label": NAMES[name] });
  parent.append(root);
  const part = new PARTS[name](root);
  part.ears = new AbortController();
  const acts = { present: () => part.present(), keys: () => part.toggleKeys() };
  if (name === "pad") listenToKeys(root, KEYS.filter(({ action }) => action in acts), acts, part.ears.signal);
  parts.set(parent, part);
  return part;
}
