// Where Streamlit calls in for a component of several parts; `data.part` says which, PARTS and NAMES list them.

const mounted = new WeakMap();

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const part = mounted.get(parentElement) ?? mountPart(parentElement, data.part);
  const now = appearance(part.root);
  applyPalette(part.root, data.themes[now]);
  if ("present" in data) part.root.classList.toggle("present", data.present);
  part.update(data, { setStateValue, setTriggerValue });
  // Pictures come coloured from the server, which does not hear of a new appearance by itself.
  if (data.appearance && data.appearance !== now && part.asked !== now) setTriggerValue("appearance", now);
  part.asked = now;
  return () => {
    mounted.delete(parentElement);
    part.close();
  };
}

function mountPart(parent, name) {
  const root = html("section", { class: `lesson ${name}`, role: "group", tabindex: -1, "aria-label": NAMES[name] });
  parent.append(root);
  const part = new PARTS[name](root);
  mounted.set(parent, part);
  return part;
}
