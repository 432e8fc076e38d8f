// Where Streamlit calls in: one component, four parts; `data.part` says which.

const PARTS = { curves: Curves, inside: Inside, gradients: Gradients, answers: Answers };
const NAMES = {
  curves: "Loss and accuracy",
  inside: "One image in the network",
  gradients: "Gradient size by layer",
  answers: "Confusion matrix and mistakes",
};
const parts = new WeakMap();

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const part = parts.get(parentElement) ?? mount(parentElement, data.part);
  const now = appearance(part.root);
  applyPalette(part.root, data.themes[now]);
  showView(part.root, data.present);
  part.update(data, setStateValue);
  // Pictures come coloured from the server, which does not hear of a new appearance by itself.
  if (data.appearance && data.appearance !== now && part.asked !== now) setTriggerValue("appearance", now);
  part.asked = now;
  part.present = () => setTriggerValue("present", otherView(part.root));
  return () => {
    parts.delete(parentElement);
    part.ears.abort();
    part.close?.();
    part.root.remove();
  };
}

function mount(parent, name) {
  const root = html("section", { class: `lesson ${name}`, role: "group", "aria-label": NAMES[name] });
  parent.append(root);
  const part = new PARTS[name](root);
  part.ears = new AbortController();
  const acts = { present: () => part.present() };
  // One of the parts listens for all of them.
  if (name === "curves") listenToKeys(root, KEYS.filter(({ action }) => action in acts), acts, part.ears.signal);
  parts.set(parent, part);
  return part;
}
