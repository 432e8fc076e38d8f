// Keys belong to a component while it, or nothing in particular, has the focus; never while somebody types.

const TYPING = "input:not([type=range]):not([type=checkbox]), textarea, select, [contenteditable='']," +
  " [contenteditable=true], [role=combobox], [role=spinbutton], [role=textbox]";

/** Say whether a key or a paste may be taken by the component inside `root`. */
function isOurs(event, root) {
  const [target] = event.composedPath();
  if (event.defaultPrevented || !(target instanceof Element) || target.matches(TYPING)) return false;
  // A paste is sent to where text is selected, so what counts is the focus and not the target.
  const focus = document.activeElement ?? document.body;
  return focus.contains(root.getRootNode().host ?? root);
}

const PATIENCE = 5000; // milliseconds for which a view that was asked for may be on its way
const asked = { view: false, at: -Infinity };

/** Give a component the looks of the view that is shown; what was asked for has come if this is it. */
function showView(root, present) {
  root.classList.toggle("present", present);
  if (present === asked.view) asked.at = -Infinity;
}

/** Say which view P asks for: not the one shown, and not the one that is on its way either. */
function otherView(root) {
  const now = performance.now();
  const coming = now - asked.at < PATIENCE ? asked.view : root.classList.contains("present");
  Object.assign(asked, { view: !coming, at: now });
  return asked.view;
}

/** Call `acts[action]` for the keys of the registry; an action answers false if the key is not for it now. */
function listenToKeys(root, keys, acts, signal) {
  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !isOurs(event, root)) return;
    const [target] = event.composedPath();
    const entry = keys.find(({ key }) => key.toLowerCase() === event.key.toLowerCase());
    if (!entry || (entry.inside && !root.contains(target))) return;
    if ([" ", "Enter"].includes(event.key) && target.matches("button, input[type=checkbox], summary")) return;
    if (acts[entry.action] && acts[entry.action](event) !== false) event.preventDefault();
  };
  window.addEventListener("keydown", press, { signal });
}
