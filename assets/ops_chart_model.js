// What a chart draws, from the points of its series. Pure. Times in unix seconds; a point is [t, mean, low, high, last].
import { looksOf, mainLine } from "./ops_chart_look.js";

const isGap = (entry) => entry === null;

/** Each line of a view with its look, its points and, laid over them, those of the period before. */
export function linesOf(view, { series, seconds }, compare) {
  const looks = looksOf(view.lines);
  return view.lines.map(({ key, label, fresh: isFresh }, i) => {
    const known = series[key];
    const before = (compare && known?.previous) || [];
    return {
      ...looks[i],
      key,
      label,
      isFresh,
      isMain: i === mainLine(view.lines),
      since: known?.since ?? null,
      points: known?.points ?? [],
      before: before.map((entry) => entry && [entry[0] + seconds, ...entry.slice(1)]),
    };
  });
}

/** The entries from `from` to `to`, and one point beyond each end, so that lines run to the edges. */
export function within(entries, { from, to }) {
  const first = entries.findLastIndex((entry) => !isGap(entry) && entry[0] <= from);
  const last = entries.findIndex((entry) => !isGap(entry) && entry[0] >= to);
  return entries.slice(Math.max(0, first), last < 0 ? undefined : last + 1);
}

/** The points, each with whether a gap is before it. */
function linked(entries) {
  const points = [];
  entries.forEach((entry, i) => {
    if (!isGap(entry)) points.push({ point: entry, isBroken: i === 0 || isGap(entries[i - 1]) });
  });
  return points;
}

// Asked for ascending times: the point there, the place on the line between two points, or null in a gap.
function reader(points) {
  let i = 0;
  return (t) => {
    while (i < points.length && points[i].point[0] < t) i += 1;
    if (i === points.length) return null;
    const { point, isBroken } = points[i];
    if (point[0] === t) return point;
    if (isBroken) return null;
    const before = points[i - 1].point;
    const share = (t - before[0]) / (point[0] - before[0]);
    return before.map((value, k) => value + (point[k] - value) * share);
  };
}

/**
 * One row for each time at which any column has a point or a gap: {t, [name]: point or null}.
 * Columns are {name: entries}. Between points of its own a column stands on its line, so nothing else breaks it.
 */
export function rowsOf(columns) {
  const names = Object.keys(columns);
  const points = names.map((name) => linked(columns[name]));
  const times = new Set();
  for (const column of points) {
    column.forEach(({ point, isBroken }, i) => {
      times.add(point[0]);
      if (isBroken && i > 0) times.add((column[i - 1].point[0] + point[0]) / 2);
    });
  }
  const readers = points.map(reader);
  return [...times]
    .sort((a, b) => a - b)
    .map((t) => Object.fromEntries([["t", t], ...names.map((name, i) => [name, readers[i](t)])]));
}

/** Points that have no neighbour to draw a line to. */
export const lonePoints = (entries) =>
  linked(entries)
    .filter(({ isBroken }, i, all) => isBroken && (all[i + 1]?.isBroken ?? true))
    .map(({ point }) => point);

/** The lowest and the highest value that is drawn. */
export function extent(lines) {
  const values = lines.flatMap(({ points, before, isMain }) => [
    ...points.filter(Boolean).flatMap(([, mean, low, high]) => (isMain ? [mean, low, high] : [mean])),
    ...before.filter(Boolean).map(([, mean]) => mean),
  ]);
  return values.length ? [Math.min(...values), Math.max(...values)] : [0, 0];
}

/** The times from `from` to `to` at which any line has a point, ascending. */
export function timesOf(lines, { from, to }) {
  const times = new Set(lines.flatMap(({ points }) => points.filter(Boolean).map(([t]) => t)));
  return [...times].filter((t) => t >= from && t <= to).sort((a, b) => a - b);
}

/** The time of `times` nearest to `t`; where none is within a step, the beginning of the empty interval. */
export function snapped(times, t, step) {
  const best = times.reduce((a, b) => (Math.abs(b - t) < Math.abs(a - t) ? b : a), Infinity);
  return Math.abs(best - t) <= step ? best : Math.floor(t / step) * step;
}

/** The point of a line at exactly `t`, or null. */
export const pointAt = (entries, t) => entries.find((entry) => entry !== null && entry[0] === t) ?? null;

/**
 * Marks that touch the window: where their span begins and ends (what goes on ends `now`), and the point of
 * their line that they sit on, or null.
 */
export function placedMarks(marks, lines, { from, to }, { step, now }) {
  return marks.flatMap((mark) => {
    const line = lines.find(({ key }) => key === mark.key);
    const until = mark.until > 0 ? mark.until : now;
    if (!line || !(mark.at > 0) || mark.at > to || Math.max(until, mark.at) < from) return [];
    const near = line.points.filter((entry) => entry && Math.abs(entry[0] - mark.at) <= 2 * step);
    const point = near.findLast(([t]) => t <= mark.at) ?? near[0] ?? null;
    return [{ ...mark, line, until: Math.max(until, mark.at), point }];
  });
}

/** The times during which marks lasted: [{kind, from, to}], those of one kind that overlap as one. */
export function spansOf(placed, { from, to }) {
  const spans = [];
  const lasting = placed.filter(({ at, until }) => until > at).sort((a, b) => a.at - b.at);
  for (const { kind, at, until } of lasting) {
    const open = spans.find((span) => span.kind === kind && at <= span.to);
    if (open) open.to = Math.max(open.to, Math.min(until, to));
    else spans.push({ kind, from: Math.max(at, from), to: Math.min(until, to) });
  }
  return spans;
}

/** The marks that were on during the interval that begins at `t`. */
export const marksAt = (placed, t, step) => placed.filter(({ at, until }) => at < t + step && until >= t);

/**
 * The rows of the table, newest first: {t, points, before} with one entry for each line, or {from, to} for a time
 * without data of any line.
 */
export function tableRows(lines, { from, now, step }) {
  const times = timesOf(lines, { from, to: now });
  const isJoined = (a, b) =>
    lines.some(({ points }) => {
      const i = points.findLastIndex((entry) => entry !== null && entry[0] <= a);
      const next = points[i + 1];
      return i >= 0 && next !== undefined && next !== null && next[0] >= b;
    });
  const rows = [];
  times.forEach((t, i) => {
    const before = times[i - 1];
    if (before !== undefined && t - before > step && !isJoined(before, t)) rows.push({ from: before + step, to: t });
    rows.push({
      t,
      points: lines.map(({ points }) => pointAt(points, t)),
      before: lines.map((line) => pointAt(line.before, t)),
    });
  });
  if (times.length && now - times.at(-1) > 2 * step) rows.push({ from: times.at(-1) + step, to: now });
  return rows.reverse();
}
