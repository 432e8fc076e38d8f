// Where Streamlit calls in: one component, several parts; `data.part` says which.

const PARTS = { table: SheetTable, bars: BackToBack, story: Story, signals: Signals };
const NAMES = { table: "Table", bars: "Where parameters and work are", story: "ImageNet over the years", signals: "One block in numbers" };
const parts = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const open = parts.get(parentElement) ?? mount(parentElement, data.part);
  applyPalette(open.root, data.themes[appearance(open.root)]);
  if (data.keys) showView(open.root, data.present);
  Object.assign(open, { send: setTriggerValue, keys: data.keys });
  open.part.update(data, setTriggerValue);
  return () => {
    parts.delete(parentElement);
    open.ears.abort();
    open.part.close();
    open.root.remove();
  };
}

function mount(parent, name) {
  const root = html("section", { class: `lesson ${name}`, role: "group", "aria-label": NAMES[name] });
  parent.append(root);
  const open = { root, part: new PARTS[name](root), ears: new AbortController() };
  listenToKeys(root, KEYS, { present: () => open.keys && open.send("present", otherView(root)) }, open.ears.signal);
  parts.set(parent, open);
  return open;
}
