// How moments and spans read. Pure: milliseconds and a zone ("local" or "utc") in, text out.

const SECOND = 1000;
const LATE_AFTER = 10; // seconds a refresh may take before it counts as late

const FUTURE_MS = 2000; // less is the jitter of the way here

const formats = {};
const format = (ms, inZone, parts) => {
  const key = inZone + JSON.stringify(parts);
  formats[key] ??= new Intl.DateTimeFormat("en-GB", {
    ...parts,
    timeZone: inZone === "utc" ? "UTC" : undefined,
  });
  return formats[key].format(ms);
};

const CLOCK = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };
const DAY = { day: "numeric", month: "short" };
const YEAR = { year: "numeric" };

/** "UTC", "UTC+1", "UTC−3:30": the offset in force at that moment. */
export function offsetLabel(ms, inZone) {
  const minutes = inZone === "utc" ? 0 : -new Date(ms).getTimezoneOffset();
  if (minutes === 0) return "UTC";
  const rest = Math.abs(minutes) % 60;
  const hours = Math.floor(Math.abs(minutes) / 60);
  return `UTC${minutes < 0 ? "−" : "+"}${hours}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`;
}

/** "14:05:02", with the date when it is not today's, with the year when it is not this year's. */
export function absolute(ms, nowMs, inZone) {
  const clock = format(ms, inZone, CLOCK);
  const sameYear = format(ms, inZone, YEAR) === format(nowMs, inZone, YEAR);
  if (sameYear && format(ms, inZone, DAY) === format(nowMs, inZone, DAY)) return clock;
  return `${format(ms, inZone, sameYear ? DAY : { ...DAY, ...YEAR })} ${clock}`;
}

/** Whether unix seconds are a moment that can be written: 0 stands for "never". */
export const isMoment = (seconds) => Math.abs(seconds) > 0 && Math.abs(seconds) <= 8.64e12;

/** "12 s", "4 min", "3 h", "2 d": never negative. */
export function duration(ms) {
  const seconds = Math.max(0, Math.floor(ms / SECOND));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} d`;
}

const relative = (ms, t) => (ms - t > FUTURE_MS ? `in ${duration(ms - t)}` : `${duration(t - ms)} ago`);

/** The text of a countdown with `left` whole seconds to go. */
export function remaining(left) {
  if (left > 0) return `next in ${left} s`;
  return left > -LATE_AFTER ? "refreshing…" : `late by ${duration(-left * SECOND)}`;
}

/** How a moment `ms` reads at the moment `t`. */
export const MODES = {
  relative,
  age: (ms, t) => duration(t - ms),
  absolute: (ms, t, inZone) => absolute(ms, t, inZone),
  both: (ms, t, inZone) => `${absolute(ms, t, inZone)}, ${relative(ms, t)}`,
  until: (ms, t) => duration(ms - t),
};
