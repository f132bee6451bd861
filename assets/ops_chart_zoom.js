// Which part of its range a chart shows. Pure. Times in unix seconds; null stands for the whole range.

const LEAST_STEPS = 4;

/** `window` made `factor` times as long around `middle`, within `whole`; null when that is all of it. */
export function scaledWindow(window, factor, middle, whole, step) {
  const length = Math.max((window.to - window.from) * factor, LEAST_STEPS * step);
  if (length >= whole.to - whole.from) return null;
  const share = (middle - window.from) / (window.to - window.from); // what is looked at stays where it is
  const from = Math.min(Math.max(middle - share * length, whole.from), whole.to - length);
  return { from, to: from + length };
}

/** The window between two moments in any order, at least some steps long. */
export function windowBetween(one, other, whole, step) {
  const [from, to] = one < other ? [one, other] : [other, one];
  const missing = Math.max(0, LEAST_STEPS * step - (to - from));
  const begin = Math.min(Math.max(from - missing / 2, whole.from), whole.to - (to - from) - missing);
  return { from: begin, to: begin + (to - from) + missing };
}
