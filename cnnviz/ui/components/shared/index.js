// Where Streamlit calls in: once when the component appears, again whenever its numbers or the theme change.
// What a call gives back is called when the component leaves; of calls in quick succession, the first one's is
// called at once, and means nothing.

const lessons = new WeakMap();

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const open = lessons.get(parentElement) ?? mount(parentElement);
  const send = { setStateValue, setTriggerValue };
  if (!open.hears?.(data, send)) open.update(data, send);
  const call = (open.call = {});
  return () => {
    if (open.call !== call) return;
    lessons.delete(parentElement);
    open.close();
  };
}

function mount(parent) {
  const root = html("section", { class: "lesson", role: "group", tabindex: -1, "aria-label": Lesson.label });
  parent.append(root);
  const lesson = new Lesson(root);
  lessons.set(parent, lesson);
  return lesson;
}
