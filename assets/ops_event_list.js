// The latest events of the bus: what is read of the rows, which types there are, how much time they cover. Pure.

/** {id, at (unix seconds, or null), type, priority, correlation, details} of each row, in its order. */
export function eventsOf(columns, rows) {
  const place = Object.fromEntries(columns.map(({ key }, i) => [key, i]));
  const seen = new Map();
  const read = (row, key) => row[place[key]] ?? null;
  return rows.map((row) => {
    const event = {
      at: read(row, "at"),
      type: read(row, "type"),
      priority: read(row, "priority"),
      correlation: read(row, "correlation_id"),
      details: read(row, "details"),
    };
    const name = `${event.correlation} ${event.at} ${event.type}`;
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    return { ...event, id: `${name} ${nth}` };
  });
}

/** What an event without a type is called. */
export const NO_TYPE = "no type reported";

export const typeOf = ({ type }) => type ?? NO_TYPE;

/** [type, how many] of the events, the most frequent first. */
export function typesOf(events) {
  const counts = new Map();
  for (const event of events) counts.set(typeOf(event), (counts.get(typeOf(event)) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || a.localeCompare(b));
}

/** Events of one type; all of them for "". */
export const ofType = (events, type) => (type ? events.filter((event) => typeOf(event) === type) : events);

/** How many of `events` are not among those `held`. */
export function newer(events, held) {
  const known = new Set(held.map(({ id }) => id));
  return events.filter(({ id }) => !known.has(id)).length;
}

/** Seconds from the oldest to the newest of the events; null where their times are not known. */
export function covered(events) {
  const times = events.map(({ at }) => at).filter(Number.isFinite);
  return times.length > 1 ? Math.max(...times) - Math.min(...times) : null;
}
