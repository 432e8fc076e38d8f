// Where Streamlit calls in; see `shared/index.js`.

const programs = new WeakMap();

export default function ({ data, parentElement }) {
  const program = programs.get(parentElement) ?? mount(parentElement);
  program.update(data);
  const call = (program.call = {});
  return () => {
    if (program.call !== call) return;
    programs.delete(parentElement);
    program.close();
  };
}

function mount(parent) {
  const root = html("div", { class: "program" });
  parent.append(root);
  const program = new Program(root);
  programs.set(parent, program);
  return program;
}
