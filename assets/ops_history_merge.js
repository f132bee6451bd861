// How what the server sends becomes the points of a series. Pure: what is given stays as it is, results are frozen.
// A point is [t, mean, low, high, last], t in unix seconds at the start of its interval; null is a gap.
import { isMoment } from "./ops_clock.js";

const MOST_ENTRIES = 300; // an answer holds 121 points at most, each with a gap beside it

const isPoint = (entry) =>
  Array.isArray(entry) && entry.length >= 4 && entry.slice(0, 4).every(Number.isFinite) && isMoment(entry[0]);

/** The newest point, or undefined. */
export const newest = (points) => points.findLast((entry) => entry !== null);

const bounded = (entries) => {
  const kept = entries.slice(-MOST_ENTRIES);
  return Object.freeze(kept[0] === null ? kept.slice(1) : kept);
};

// An equal time replaces, a later one is put at the end, an unknown earlier one is dropped. So is what is no point,
// and what lies after `end`: the future is not known.
function joined(points, entries, end) {
  const merged = [...points];
  let gap = false;
  for (const entry of entries) {
    if (entry === null) gap = true;
    if (!isPoint(entry) || entry[0] > end) continue;
    const last = newest(merged);
    if (last === undefined || entry[0] > last[0]) {
      if (gap && merged.length && merged.at(-1) !== null) merged.push(null);
      merged.push(entry);
    } else {
      const place = merged.findLastIndex((other) => other !== null && other[0] === entry[0]);
      if (place >= 0) merged[place] = entry;
      if (place > 0 && gap && merged[place - 1] !== null) merged.splice(place, 0, null);
    }
    gap = false;
  }
  if (gap && merged.length && merged.at(-1) !== null) merged.push(null);
  return merged;
}

const listed = (value) => (Array.isArray(value) ? value : []);
const cleaned = (value, end) => bounded(joined([], listed(value), end));

/**
 * What `/api/history` answered, checked; null when it is no answer to `asked` ({range, keys, previous}).
 * Every asked key gets a series {since, points, previous}; `previous` is null only where it was not asked for.
 */
export function readAnswer(body, asked) {
  const { range, seconds, step, at, past } = body ?? {};
  if (range !== asked.range || ![seconds, step, at].every((each) => Number.isFinite(each) && each > 0)) return null;
  const series = {};
  for (const key of asked.keys) {
    const given = Object.hasOwn(body.series ?? {}, key) ? body.series[key] : null;
    series[key] = Object.freeze({
      since: Number.isFinite(given?.since) && isMoment(given.since) ? given.since : null,
      points: cleaned(given?.points, at + step),
      previous: asked.previous ? cleaned(given?.previous, at - seconds + step) : null,
    });
  }
  return { seconds, step, at, past, series };
}

/** Whether ticks before these `entries` were missed: they begin more than a step after what is known. */
export function isBehind(series, entries, { at, step }) {
  const first = listed(entries).find(isPoint);
  return first !== undefined && first[0] - (newest(series.points)?.[0] ?? at) > step;
}

/** The series after a tick: `entries` joined, and what has left the window at `at` now belongs to the period before. */
export function advanced(series, entries, { at, seconds, step }) {
  const all = joined(series.points, listed(entries), at + step);
  const start = at - seconds;
  const first = all.findIndex((entry) => entry !== null && entry[0] >= start);
  const leaving = first < 0 ? all : all.slice(0, first);
  const previous = series.previous && [...series.previous, ...leaving];
  const held = previous?.findIndex((entry) => entry !== null && entry[0] >= start - seconds);
  return Object.freeze({
    since: series.since ?? newest(all)?.[0] ?? null,
    points: bounded(first < 0 ? [] : all.slice(first)),
    previous: previous && bounded(held < 0 ? [] : previous.slice(held)),
  });
}
