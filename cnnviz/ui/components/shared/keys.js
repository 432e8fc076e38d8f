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
