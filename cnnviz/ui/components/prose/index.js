// Where Streamlit calls in: one component, two parts; `data.part` says which.

const PARTS = { paragraphs: Paragraphs, table: TermTable };
const parts = new WeakMap();

export default function ({ data, parentElement }) {
  const part = parts.get(parentElement) ?? mount(parentElement, data.part);
  part.update(data);
  const call = (part.call = {}); // see `shared/index.js`
  return () => {
    if (part.call !== call) return;
    parts.delete(parentElement);
    part.close();
  };
}

function mount(parent, name) {
  const root = html("div", { class: `prose ${name}` });
  parent.append(root);
  const part = new PARTS[name](root);
  parts.set(parent, part);
  return part;
}
