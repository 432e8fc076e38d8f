// Where Streamlit calls in: one component, three parts; `data.part` says which.

const PARTS = { curves: Curves, shares: Shares, maps: Maps };
const NAMES = { curves: "Curves of the activations", shares: "Softmax", maps: "Feature map and activation map" };
const parts = new WeakMap();

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const part = parts.get(parentElement) ?? mount(parentElement, data.part);
  const now = appearance(part.root);
  applyPalette(part.root, data.themes[now]);
  part.update(data, setStateValue);
  // Pictures come coloured from the server, which does not hear of a new appearance by itself.
  if (data.appearance && data.appearance !== now && part.asked !== now) setTriggerValue("appearance", now);
  part.asked = now;
  part.present = () => setTriggerValue("present", otherView(part.root));
  return () => {
    parts.delete(parentElement);
    part.ears.abort();
    part.close();
  };
}

function mount(parent, name) {
  const root = html("section", { class: `lesson ${name}`, role: "group", "aria-label": NAMES[name] });
  parent.append(root);
  const part = new PARTS[name](root);
  part.ears = new AbortController();
  const acts = { present: () => part.present() };
  listenToKeys(root, KEYS.filter((key) => key.action in acts), acts, part.ears.signal);
  parts.set(parent, part);
  return part;
}
