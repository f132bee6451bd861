// Where axes have their ticks and how these read. Pure. Times in unix seconds.
import { fixedText, measured, quantity } from "./ops_units.js";
import { absolute } from "./ops_clock.js";

const MOST_INTERVALS = 5;
const DAY = 86400;
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, DAY, 2 * DAY];
const TIME_LABEL_PX = 72;
const NEAR_THRESHOLD = 0.6; // from this share of it on, the threshold belongs into the picture
const HEADROOM = 1.06; // leaves place for its label

const TINY = 1e-9; // no metric is measured that finely
const LONGEST_LABEL = 11; // characters
const LONGEST_NUMBER = 9;

const WHOLE = new Set(["count", "tasks"]);
const SELF_SCALING = new Set(["bytes", "duration"]); // each tick has a unit of its own

const decimal = (least) => [1, 2, 2.5, 5, 10, 20].map((digit) => digit * 10 ** Math.floor(Math.log10(least)));

// Candidates for the distance of two ticks, ascending; the last are longer than `least`.
function roundSteps(unit, least) {
  if (unit === "duration" && least > DAY) return decimal(least / DAY).map((days) => days * DAY);
  if (unit === "duration" && least > 1) return TIME_STEPS;
  return WHOLE.has(unit) ? [1, ...decimal(least).filter((step) => step > 1 && Number.isInteger(step))] : decimal(least);
}

/** The ticks of the value axis, `most` + 1 at most: from 0 (or below) to the first round number that holds `high`. */
export function valueTicks(low, high, unit, most = MOST_INTERVALS) {
  if (unit === "rating" && low >= 0 && high <= 5) return most < 5 ? [0, 5] : [0, 1, 2, 3, 4, 5];
  const isFlat = high - low < TINY && Math.abs(high) < TINY;
  const [from, to] = isFlat ? [0, 1] : [Math.min(0, low), Math.max(0, high)];
  const steps = roundSteps(unit, (to - from) / most);
  const count = (step) => Math.ceil(to / step - 1e-9) - Math.floor(from / step + 1e-9);
  const step = steps.find((each) => count(each) <= most) ?? steps.at(-1);
  const first = Math.floor(from / step + 1e-9);
  return Array.from({ length: count(step) + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Up to where the value axis must reach, and the thresholds that are in the picture. */
export function reachOf(high, thresholds, unit) {
  const inSight = thresholds.filter(({ value }) => value > 0 && high >= value * NEAR_THRESHOLD);
  const most = unit === "%" && high <= 100 ? 100 : Infinity;
  return { high: Math.min(most, Math.max(high, ...inSight.map(({ value }) => value * HEADROOM))), inSight };
}

const MOST_DIGITS = 12;

// How many digits after the point tell multiples of `step` apart.
function digitsOf(step) {
  const isExact = (digits) => Math.abs(step * 10 ** digits - Math.round(step * 10 ** digits)) < 1e-6 * step * 10 ** digits;
  return Array.from({ length: MOST_DIGITS }, (_, digits) => digits).find(isExact) ?? MOST_DIGITS;
}

/** The texts of ticks, as exact as their distance: only the uppermost says the unit, where all have the same. */
export function valueLabels(ticks, unit) {
  const digits = digitsOf(ticks[1] - ticks[0]);
  const isLong = ticks.some((value) => fixedText(value, digits).length > LONGEST_NUMBER);
  return ticks.map((value) => {
    if (value === 0) return "0";
    if (SELF_SCALING.has(unit) && Math.abs(value) >= 1) return measured(value, unit);
    const number = isLong ? value.toExponential(1) : fixedText(value, digits);
    const text = `${number} ${quantity(value, unit).unit}`.trimEnd();
    return (value === ticks.at(-1) || SELF_SCALING.has(unit)) && text.length <= LONGEST_LABEL ? text : number;
  });
}

const offset = (t, zone) => (zone === "utc" ? 0 : -60 * new Date(t * 1000).getTimezoneOffset());

/** Round times of the zone between `from` and `to`, as many as `width` pixels have place for. */
export function timeTicks(from, to, width, zone) {
  const most = Math.max(2, Math.floor(width / TIME_LABEL_PX));
  const step = TIME_STEPS.find((each) => (to - from) / each <= most) ?? TIME_STEPS.at(-1);
  const ticks = [];
  const end = to + offset(to, zone);
  for (let local = Math.ceil((from + offset(from, zone)) / step) * step; local <= end; local += step) {
    const guess = local - offset(from, zone);
    const t = local - offset(guess, zone);
    const isReal = t + offset(t, zone) === local; // not an hour that the change of the clocks leaves out
    if (isReal && t >= from && t <= to && t !== ticks.at(-1)) ticks.push(t);
  }
  return ticks;
}

const days = {};
const day = (ms, zone) => {
  days[zone] ??= new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    timeZone: zone === "utc" ? "UTC" : undefined,
  });
  return days[zone].format(ms);
};

/** "14:05", "14:05:30" between minutes, and the date at midnight. */
export function timeLabel(t, zone) {
  const clock = absolute(t * 1000, t * 1000, zone);
  if (clock === "00:00:00") return day(t * 1000, zone);
  return clock.endsWith(":00") ? clock.slice(0, 5) : clock;
}
