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
  if (size < 0.001) return "< 0.001";
  return trim(fixed(value, size >= 0.01 ? 3 : 4)); // two significant digits
}

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

function ofDuration(seconds) {
  const [size, unit] = [[DAY, "d"], [HOUR, "h"], [MINUTE, "min"]].find(([each]) => seconds >= each) ?? [];
  if (!size) return { text: scaled(seconds), unit: "s", exact: `${exact(seconds)} s` };
  return { text: scaled(seconds / size), unit, exact: duration(seconds) };
}

function ofBytes(value) {
  let [size, unit] = [value, "B"];
  for (const larger of ["KB", "MB", "GB", "TB"]) {
    if (Math.abs(size) < 1000) break;
    [size, unit] = [size / 1000, larger];
  }
  return { text: scaled(size), unit, exact: `${exact(value)} bytes` };
}

/** A finite number ready to show: `text` and `unit` apart, `exact` in full. */
export function quantity(value, unit) {
  switch (unit) {
    case "duration":
      return ofDuration(value);
    case "bytes":
      return ofBytes(value);
    case "count":
      return { text: scaled(value), unit: "", exact: exact(value) };
    case "rating":
      return { text: scaled(value), unit: "of 5", exact: `${exact(value)} of 5` };
    case "tasks":
      return { text: scaled(value), unit: value === 1 ? "task" : "tasks", exact: `${exact(value)} tasks` };
    default:
      return { text: scaled(value), unit, exact: `${exact(value)} ${unit}` };
  }
}

/** "812 ms". */
export function measured(value, unit) {
  const shown = quantity(value, unit);
  return shown.unit ? `${shown.text} ${shown.unit}` : shown.text;
}

/** "180–240 ms", "980 KB–1.2 MB", or one value where both read the same. */
export function measuredSpan(low, high, unit) {
  const [from, to] = [quantity(low, unit), quantity(high, unit)];
  if (from.text === to.text && from.unit === to.unit) return measured(high, unit);
  return from.unit === to.unit ? `${from.text}–${measured(high, unit)}` : `${measured(low, unit)}–${measured(high, unit)}`;
}
