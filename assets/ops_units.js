// One format per unit: the same text here as ops_dashboard/domain/units.py gives on the server. Pure.

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;

// Rounds as Python does: exactly, and a tie to the even digit. toFixed is exact too, but takes a tie away from zero.
function fixed(value, digits) {
  if (Math.abs(value) >= 1e21) return BigInt(value).toString(); // toFixed would write an exponent
  const text = value.toFixed(digits);
  const halves = Math.abs(value) * 2 ** (digits + 1); // scaling by a power of two loses nothing
  const isTie = Number.isInteger(halves) && halves % 2 === 1;
  const last = Number(text.at(-1));
  return isTie && last % 2 === 1 ? text.slice(0, -1) + (last - 1) : text;
}

const trim = (number) => (number.includes(".") ? number.replace(/\.?0+$/, "") : number);

function grouped(number) {
  const [whole, ...fraction] = number.split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...fraction].join(".");
}

function scaled(value) {
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) return grouped(fixed(value, 0));
  if (size >= 10) return trim(fixed(value, 1));
  if (size >= 0.1) return trim(fixed(value, 2));
  if (size < 0.001) return value > 0 ? "< 0.001" : "> -0.001";
  return trim(fixed(value, size >= 0.01 ? 3 : 4)); // two significant digits
}

const crossed = (text, value, bounds) => {
  const shown = /^[<>]/.test(text) ? value : Number(text.replaceAll(",", ""));
  return bounds.filter((bound) => (value > bound && shown <= bound) || (value < bound && shown >= bound));
};

// With as many digits, up to four after the point, as keep it on its side of each bound.
function told(value, bounds) {
  const [bound] = crossed(scaled(value), value, bounds);
  if (bound === undefined) return scaled(value);
  const longer = [1, 2, 3, 4].map((digits) => fixedText(value, digits));
  return longer.find((text) => crossed(text, value, bounds).length === 0) ?? `${value > bound ? ">" : "<"} ${exact(bound)}`;
}

/** The number with so many digits after the point, with separators: "1,240.5"; none that say nothing. */
export const fixedText = (value, digits) => trim(grouped(fixed(value, digits)));

/** The number as it was read, with separators: at most six digits after the point, but never none. */
export function exact(value) {
  if (value !== 0 && Math.abs(value) < 1e-6) {
    const [digits, power] = value.toExponential(2).split("e-");
    return `${trim(digits)}e-${power.padStart(2, "0")}`;
  }
  return Number.isInteger(value) ? grouped(fixed(value, 0)) : trim(grouped(fixed(value, 6)));
}

const two = (large, largeUnit, small, smallUnit) => {
  const head = `${grouped(String(large))} ${largeUnit}`;
  return small ? `${head} ${small} ${smallUnit}` : head;
};

/** A length of time in its two largest units: "45 s", "12 min 5 s", "3 h 4 min", "2 d 1 h". */
export function duration(seconds) {
  const whole = Number(fixed(seconds, 0));
  const full = (size) => Math.floor(whole / size);
  if (whole < MINUTE) return seconds < 10 ? `${scaled(seconds)} s` : `${whole} s`;
  if (whole < HOUR) return two(full(MINUTE), "min", whole % MINUTE, "s");
  if (whole < DAY) return two(full(HOUR), "h", Math.floor((whole % HOUR) / MINUTE), "min");
  return two(full(DAY), "d", Math.floor((whole % DAY) / HOUR), "h");
}

function ofDuration(seconds, bounds) {
  const [size, unit] = [[DAY, "d"], [HOUR, "h"], [MINUTE, "min"]].find(([each]) => seconds >= each) ?? [];
  if (!size) return { text: told(seconds, bounds), unit: "s", exact: `${exact(seconds)} s` };
  const text = told(seconds / size, bounds.map((bound) => bound / size));
  return { text, unit, exact: duration(seconds) };
}

function ofBytes(value, bounds) {
  let [size, scale, unit] = [value, 1, "B"];
  for (const larger of ["KB", "MB", "GB", "TB"]) {
    if (Math.abs(size) < 1000) break;
    [size, scale, unit] = [size / 1000, scale * 1000, larger];
  }
  const text = told(size, bounds.map((bound) => bound / scale));
  return { text, unit, exact: `${exact(value)} bytes` };
}

const ofPercent = (value, bounds) => (value > 99.99 && value < 100 ? "> 99.99" : told(value, [...bounds, 100]));

/**
 * A finite number ready to show: `text` and `unit` apart, `exact` in full. Rounding never takes it to or across one of
 * `bounds`, to zero, or to 100 %.
 */
export function quantity(value, unit, bounds = []) {
  switch (unit) {
    case "duration":
      return ofDuration(value, bounds);
    case "bytes":
      return ofBytes(value, bounds);
    case "count":
      return { text: told(value, bounds), unit: "", exact: exact(value) };
    case "rating":
      return { text: told(value, bounds), unit: "of 5", exact: `${exact(value)} of 5` };
    case "tasks":
      return { text: told(value, bounds), unit: value === 1 ? "task" : "tasks", exact: `${exact(value)} tasks` };
    case "%":
      return { text: ofPercent(value, bounds), unit, exact: `${exact(value)} %` };
    default:
      return { text: told(value, bounds), unit, exact: `${exact(value)} ${unit}` };
  }
}

/** "812 ms". */
export function measured(value, unit, bounds) {
  const shown = quantity(value, unit, bounds);
  return shown.unit ? `${shown.text} ${shown.unit}` : shown.text;
}

/** "180–240 ms", "980 KB–1.2 MB", or one value where both read the same. */
export function measuredSpan(low, high, unit, bounds) {
  const [from, to] = [quantity(low, unit, bounds), quantity(high, unit, bounds)];
  const ends = measured(high, unit, bounds);
  if (from.text === to.text && from.unit === to.unit) return ends;
  return from.unit === to.unit ? `${from.text}–${ends}` : `${measured(low, unit, bounds)}–${ends}`;
}
