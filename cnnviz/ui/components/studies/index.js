// Where Streamlit calls in: one component, several parts; `data.part` says which.

const PARTS = { table: SheetTable, bars: BackToBack, story: Story, signals: Signals };
const NAMES = { table: "Table", bars: "Where parameters and work are", story: "ImageNet over the years", signals: "One block in numbers" };
const parts = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const open = parts.get(parentElement) ?? mount(parentElement, data.part);
  applyPalette(open.root, data.themes[appearance(open.root)]);
  open.root.classList.toggle("present", Boolean(data.present));
  open.part.update(data, setTriggerValue);
  return () => {
    parts.delete(parentElement);
    open.part.close();
    open.root.remove();
  };
}

function mount(parent, name) {
  const root = html("section", { class: `lesson ${name}`, role: "group", "aria-label": NAMES[name] });
  parent.append(root);
  const open = { root, part: new PARTS[name](root) };
  parts.set(parent, open);
  return open;
}
