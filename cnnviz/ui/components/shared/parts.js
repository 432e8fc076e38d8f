// Where Streamlit calls in for a component of several parts; `data.part` says which, PARTS and NAMES list them.
//
// A part takes its root, and data by `update`. Where `data.keys` says so, P asks for the other view; what else
// a part does at keys is in its `acts`.

const mounted = new WeakMap();

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const open = mounted.get(parentElement) ?? mountPart(parentElement, data);
  const { root, part } = open;
  const now = appearance(root);
  applyPalette(root, data.themes[now]);
  if ("present" in data) showView(root, data.present);
  part.update(data, { setStateValue, setTriggerValue });
  open.turn = () => Boolean(data.keys) && setTriggerValue("present", otherView(root));
  // Pictures come coloured from the server, which does not hear of a new appearance by itself.
  if (data.appearance && data.appearance !== now && open.asked !== now) setTriggerValue("appearance", now);
  open.asked = now;
  const call = (open.call = {}); // see `index.js`
  return () => {
    if (open.call !== call) return;
    mounted.delete(parentElement);
    open.ears.abort();
    part.close?.();
    root.remove();
  };
}

/** Make a part; one that hears no keys takes no focus either, so that those that do are heard. */
function mountPart(parent, { part: name, keys }) {
  const root = html("section", { class: `lesson ${name}`, role: "group", tabindex: keys === false ? false : -1, "aria-label": NAMES[name] });
  parent.append(root);
  const open = { root, part: new PARTS[name](root), ears: new AbortController() };
  if (keys !== undefined) listenToKeys(root, KEYS, { ...open.part.acts, present: () => open.turn() }, open.ears.signal);
  mounted.set(parent, open);
  return open;
}
