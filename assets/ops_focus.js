// Safari leaves the focus where it was when a button is clicked: it could not come back when what opened is closed.

/** Give the focus to the button that a click pressed, as other browsers do by themselves. */
export function focusPressed({ target }) {
  const button = target.closest?.("button");
  const holder = document.activeElement;
  if (button && holder !== button && (!holder || holder.contains(button))) button.focus({ preventScroll: true });
}
