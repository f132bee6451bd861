// One clock for the page, corrected to the server's, and everything that shows a time by it.
import { useSyncExternalStore } from "react";
import { MODES, absolute, isMoment, offsetLabel, remaining } from "$/public/ops_clock";
import { createStore } from "$/public/ops_store";

const SECOND = 1000;
const PLACEHOLDER = "…"; // what the prerendered page shows: it was built without a clock

// Milliseconds to add to this browser's clock to get the server's.
let skew = 0;
const now = createStore(0);
let ticking;

export const serverTime = () => Date.now() + skew;

/** Tell the clock what time it is on the server (unix seconds) at this very moment. */
export function syncClock(serverSeconds) {
  if (serverSeconds > 0) skew = serverSeconds * SECOND - Date.now();
  now.set(serverTime());
}

export function onTick(listener) {
  const stop = now.subscribe(listener);
  ticking ??= setInterval(() => now.set(serverTime()), SECOND);
  if (now.get() === 0) now.set(serverTime());
  return stop;
}

/** Re-renders only when `read(now in ms)` gives something else than a second ago. */
export const useTick = (read, placeholder = PLACEHOLDER) =>
  useSyncExternalStore(onTick, () => read(now.get() || serverTime()), () => placeholder);

// The zone in which this browser shows times: "local" or "utc".
const ZONE_KEY = "ops.zone";
const zone = createStore("local");
if (typeof window !== "undefined") {
  const read = () => zone.set(localStorage.getItem(ZONE_KEY) === "utc" ? "utc" : "local");
  read();
  window.addEventListener("storage", (e) => e.key === ZONE_KEY && read());
}

export function setZone(next) {
  localStorage.setItem(ZONE_KEY, next);
  zone.set(next);
}

export const useZone = () => useSyncExternalStore(zone.subscribe, zone.get, () => "local");

/** A moment (unix seconds) as text; `offset` adds the zone's offset in brackets. */
export function Time({ at, mode = "relative", offset = false }) {
  const inZone = useZone();
  const known = isMoment(at);
  const ms = known ? at * SECOND : 0;
  const text = useTick((t) => MODES[mode](ms, t, inZone));
  const title = useTick((t) => `${absolute(ms, t, inZone)} (${offsetLabel(ms, inZone)})`, "");
  if (!known) return <span>{"–"}</span>;
  return (
    <time dateTime={new Date(ms).toISOString()} title={title}>
      {text}
      {offset && text !== PLACEHOLDER && ` (${offsetLabel(ms, inZone)})`}
    </time>
  );
}

/** A ring that empties over `every` seconds and the words of `remaining`; nothing is claimed while `to` is 0. */
export function Countdown({ to, every = 30 }) {
  const left = useTick((t) => Math.ceil((to * SECOND - t) / SECOND), null);
  const known = isMoment(to) && left !== null;
  const share = known ? Math.min(1, Math.max(0, left) / every) : 0;
  return (
    <span className="inline-flex items-center gap-2">
      <span aria-hidden="true" className="ring-left" style={{ "--left": share }} />
      <span>{known ? remaining(left) : PLACEHOLDER}</span>
    </span>
  );
}

/** A button that switches every time on the page between this browser's zone and UTC. */
export function ZoneToggle({ className }) {
  const inZone = useZone();
  const label = useTick((t) => offsetLabel(t, "local"));
  return (
    <button type="button" className={className} onClick={() => setZone(inZone === "utc" ? "local" : "utc")}>
      {inZone === "utc" ? "Times in UTC" : `Times local (${label})`}
    </button>
  );
}
