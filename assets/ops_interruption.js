// Which interruptions are news to this tab. Pure, but for the storage it is given.

const KEY = "ops.interruption";
const SEVERITIES = ["warning", "critical"]; // what is only worth a look never interrupts
const LONGEST = 500;

const text = (value) => (typeof value === "string" ? value.slice(0, LONGEST) : "");

/** An interruption {id, boot, severity, count, title, body, at} as the server sent it; null when it is none. */
export function checked(raw) {
  if (!Number.isFinite(raw?.id) || !Number.isFinite(raw.at) || !SEVERITIES.includes(raw.severity)) return null;
  const { id, at, severity, count } = raw;
  return { id, boot: text(raw.boot), at, severity, count: Number.isFinite(count) ? count : 1, title: text(raw.title), body: text(raw.body) };
}

/** Whether one came after another, or after none. Each process of the server counts anew; no clock has a part in it. */
export const isLater = (one, other) => !other || one.boot !== other.boot || one.id > other.id;

/** The {id, boot, at} kept in a storage under a key; null when there is none or it cannot be read. */
export function recall(storage, key = KEY) {
  try {
    const kept = JSON.parse(storage.getItem(key));
    return Number.isFinite(kept?.id) && Number.isFinite(kept.at) ? { ...kept, boot: text(kept.boot) } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null; // written by somebody else
    throw error;
  }
}

/**
 * Tells news from what this tab was told before, over reloads too.
 * The answer of `news(raw, opened)` is the interruption if it is new and came after the page was opened
 * (`opened`: unix seconds by the server's clock), else null.
 */
export function createNews(storage) {
  let last = recall(storage);
  return (raw, opened) => {
    const next = checked(raw);
    if (!next || !isLater(next, last)) return null;
    last = { id: next.id, boot: next.boot, at: next.at };
    storage.setItem(KEY, JSON.stringify(last));
    return next.at >= opened ? next : null;
  };
}
