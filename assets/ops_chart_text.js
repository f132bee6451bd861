// What a chart says in words. Pure. Times in unix seconds; `when` is {now, step, seconds, zone}. `view` gives the unit,
// and the thresholds, which no rounding hides.
import { absolute, offsetLabel } from "./ops_clock.js";
import { duration, measured, measuredSpan } from "./ops_units.js";
import { markLook } from "./ops_chart_look.js";

const PERIODS = { 3600: "the hour", 21600: "the 6 hours", 86400: "the day", 604800: "the week" };
const FEW = 10; // with fewer points nothing is said to be so "for most of the time"
const USUAL = 0.75; // of the values make up what is said of most of the time
const MOST = 0.6; // of the range must be covered by data to speak of all of it
const MOST_OTHERS = 4;
const AT_ONCE = 180; // seconds: a mean over a longer interval is not called "now"
const FRESH_STEPS = 2;

const limits = ({ thresholds = [] }) => thresholds.map(({ value }) => value);
const said = (value, view) => measured(value, view.unit, limits(view));
const saidSpan = (low, high, view) => measuredSpan(low, high, view.unit, limits(view));

const offset = (t, { zone }) => offsetLabel(t * 1000, zone);
// Whether the clocks change within the range: then each time says its own offset.
const changes = (when) => offset(when.now - when.seconds, when) !== offset(when.now, when);
const withOffset = (text, t, when) => (changes(when) ? `${text} ${offset(t, when)}` : text);
const clock = (t, { now, zone }) => absolute(t * 1000, now * 1000, zone);

/** "14:05:02", with its date where it is not today's, with its offset where the clocks change within the range. */
export const moment = (t, when) => withOffset(clock(t, when), t, when);
/** "14:05". */
const minute = (t, when) => withOffset(clock(t, when).slice(0, -3), t, when);

/** The interval of a point: its beginning, and from some minutes on its end too. */
export function interval(t, when) {
  if (when.step <= 60) return moment(t, when);
  const end = Math.max(t, Math.min(t + when.step, when.now));
  const ends = absolute(end * 1000, end * 1000, when.zone).slice(0, 5);
  return `${minute(t, when)}–${withOffset(ends, end, when)}`;
}

/** "14:05:02 (UTC+1)". */
export const zoned = (t, when) => (changes(when) ? interval(t, when) : `${interval(t, when)} (${offset(t, when)})`);

/** The heading of a column of times: "Time (UTC+1)", or "Time" where each says its own offset. */
export const timeHeading = (when) => (changes(when) ? "Time" : `Time (${offset(when.now, when)})`);

const isRecent = (t, { now, step }) => now - t <= FRESH_STEPS * step;

// "now" only what is being read: else when it was.
function latest(point, { isFresh = true }, view, when, isBrief = false) {
  const value = said(point[4] ?? point[1], view); // the last one read, as the figures show it
  if (!isFresh || !isRecent(point[0], when)) return `last ${value} at ${moment(point[0], when)}`;
  if (when.step <= AT_ONCE) return `now ${value}`;
  return isBrief ? `latest ${value}` : `${value} in the latest ${duration(when.step)}`;
}

// The narrowest range that holds most of the values: a spike or an incident does not widen it.
function usual(points) {
  const means = points.map(([, mean]) => mean).sort((a, b) => a - b);
  const reach = Math.ceil(USUAL * means.length) - 1;
  const ranges = means.slice(reach).map((high, i) => [means[i], high]);
  return ranges.reduce((a, b) => (b[1] - b[0] < a[1] - a[0] ? b : a));
}

function covered(entries, step) {
  const joined = entries.map((entry, i) => (entry && entries[i - 1] ? entry[0] - entries[i - 1][0] : entry ? step : 0));
  return joined.reduce((sum, seconds) => sum + seconds, 0);
}

function course(entries, view, when) {
  const points = entries.filter(Boolean);
  const begins = points[0][0];
  if (points.length < FEW) {
    const means = points.map(([, mean]) => mean);
    return `${saidSpan(Math.min(...means), Math.max(...means), view)} since ${minute(begins, when)}`;
  }
  const [low, high] = usual(points);
  const period = PERIODS[when.seconds] ?? "the time shown";
  const isAll = covered(entries, when.step) >= MOST * when.seconds;
  const isLate = begins > when.now - when.seconds + FRESH_STEPS * when.step;
  const time = isAll ? period : isLate ? `the time since ${minute(begins, when)}` : "the time with data";
  return `${saidSpan(low, high, view)} for most of ${time}`;
}

function peak(points, view, when) {
  const top = points.reduce((a, b) => (b[3] > a[3] ? b : a));
  const values = points.map(([, mean]) => mean);
  const isPlain = said(top[3], view) === said(Math.max(...usual(points)), view);
  if (isPlain || Math.min(...values) === top[3]) return "";
  return `, peak ${said(top[3], view)} at ${minute(top[0], when)}`;
}

function main(line, view, when) {
  const { label, points: entries } = line;
  const points = entries.filter(Boolean);
  const last = points.at(-1);
  if (points.length === 1) return `${label} ${latest(last, line, view, when)}, the only value in this range`;
  const top = peak(points, view, when);
  return `${label} ${course(entries, view, when)}, ${latest(last, line, view, when)}${top}`;
}

/** Since when there are data, where that is later than the range begins; else "". */
export function sinceText(lines, when) {
  const since = Math.min(...lines.map((line) => line.since ?? Infinity));
  return Number.isFinite(since) && since > when.now - when.seconds ? `Data since ${moment(since, when)}` : "";
}

/** Why a chart without points is empty. */
export const emptyText = (lines, when) => [sinceText(lines, when), "No data in this range"].filter(Boolean).reverse().join(". ");

/**
 * The chart in one or a few sentences: the course of its main line, what the others are, since when there are data.
 * `view` also gives the note.
 */
export function caption(lines, view, when) {
  const told = lines.filter(({ points }) => points.some(Boolean));
  const leading = told.find(({ isMain }) => isMain) ?? told.at(-1);
  const rest = told.filter((line) => line !== leading);
  const others = rest
    .slice(0, MOST_OTHERS)
    .map((line) => `${line.label} ${latest(line.points.findLast(Boolean), line, view, when, true)}`);
  if (rest.length > MOST_OTHERS) others.push(`${rest.length - MOST_OTHERS} more in the table`);
  const course = leading ? [main(leading, view, when), others.join(", ")].filter(Boolean).join("; ") : "No data in this range";
  const levels = leading ? view.thresholds.map(({ label }) => label).join(", ") : "";
  return [course, levels && levels[0].toUpperCase() + levels.slice(1), sinceText(lines, when), view.note.replace(/\.$/, "")]
    .filter(Boolean)
    .map((sentence) => `${sentence}.`)
    .join(" ");
}

/** What a mark means: "Anomaly: three times as high as usual". */
export const markText = ({ kind, label }) => (label ? `${markLook(kind).word}: ${label}` : markLook(kind).word);

/** A point's value: "812 ms". */
export const valueText = (point, view) => (point ? said(point[1], view) : "no data");

/** "790–830 ms", where the values of the interval read differently; else "". */
export function spreadText(point, view) {
  if (!point || said(point[2], view) === said(point[3], view)) return "";
  return saidSpan(point[2], point[3], view);
}

/** One sentence about one moment, for those who hear it. */
export function spoken(t, lines, marks, view, when) {
  const values = lines.map(({ label, point }) => {
    const spread = spreadText(point, view);
    return `${label} ${valueText(point, view)}${spread && `, ${spread}`}`;
  });
  return `${[interval(t, when), ...values, ...marks.map(markText)].join("; ")}.`;
}
