// What this browser's user chose about being interrupted. Kept by the browser, checked when read.
import { createStore } from "./ops_store.js";

const KEY = "ops.alerts";
const SEVERITIES = ["warning", "critical"];

export const DEFAULTS = Object.freeze({
  sound: true,
  volume: 60, // 10–100
  soundFrom: "warning",
  notifications: false,
  notificationsFrom: "critical",
});

const VALID = {
  sound: (value) => typeof value === "boolean",
  volume: (value) => Number.isInteger(value) && value >= 10 && value <= 100,
  soundFrom: (value) => SEVERITIES.includes(value),
  notifications: (value) => typeof value === "boolean",
  notificationsFrom: (value) => SEVERITIES.includes(value),
};

/** The choices in a stored text; whatever cannot be read is as by default, the rest is kept. */
export function choicesOf(stored) {
  let kept = null;
  try {
    kept = JSON.parse(stored);
  } catch {
    return DEFAULTS; // not ours, or damaged
  }
  const read = Object.entries(DEFAULTS).map(([name, fallback]) => {
    const value = kept?.[name];
    return [name, VALID[name](value) ? value : fallback];
  });
  return Object.freeze(Object.fromEntries(read));
}

/** Whether a severity is at least as bad as the least one chosen. */
export const reaches = (severity, least) => SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);

/** The choices of this browser, the same in all its tabs. */
export const choices = createStore(DEFAULTS);

if (typeof window !== "undefined") {
  const read = () => choices.set(choicesOf(localStorage.getItem(KEY)));
  read();
  window.addEventListener("storage", ({ key }) => (key === KEY || key === null) && read());
}

/** Change some of them. */
export function choose(changes) {
  const text = JSON.stringify({ ...choices.get(), ...changes });
  localStorage.setItem(KEY, text);
  choices.set(choicesOf(text));
}
