// Interrupting the reader: title, icon, sound, desktop notification, and what a screen reader says.
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { choices, reaches } from "$/public/ops_alert_choices";
import { createNews } from "$/public/ops_interruption";
import { permission, showNotification } from "$/public/ops_notification";
import { mayInterrupt } from "$/public/ops_once";
import { pause } from "$/public/ops_pause";
import { requestSound } from "$/public/ops_request_sound";
import { sound } from "$/public/ops_sound";
import { calmTab, tellTab } from "$/public/ops_tab";

const YIELD_MS = 400; // a tab that may not sound lets one go first that may
const GESTURES = ["keydown", "mousedown", "touchend"]; // what browsers take for the user's consent
const SETTLED = ["ready", "unsupported"];

const tell = (name, detail) => window.dispatchEvent(new CustomEvent(`ops:${name}`, { detail }));

/** Make the noise that this browser's user chose, unless another tab of it does; resolves to whether it was made. */
async function makeNoise(interruption) {
  const { severity, title, count } = interruption;
  const chosen = choices.get();
  const loud = chosen.sound && reaches(severity, chosen.soundFrom);
  const noted = chosen.notifications && reaches(severity, chosen.notificationsFrom) && permission.get() === "granted";
  if (!loud && !noted) return false;
  if (loud && !(await sound.ready())) await pause(YIELD_MS);
  if (!(await mayInterrupt(interruption))) return false;
  if (loud) requestSound(severity, chosen.volume);
  if (noted && showNotification(interruption)) tell("notification", { severity, title, count });
  return true;
}

async function interrupt(interruption) {
  const noise = await makeNoise(interruption);
  tell("interruption", { id: interruption.id, severity: interruption.severity, noise });
}

/** Find out whether the page may sound; while it may not, the next click or key press anywhere allows it. */
function useSoundReady(wanted) {
  const state = useSyncExternalStore(sound.state.subscribe, sound.state.get, () => "unknown");
  useEffect(() => {
    if (wanted) sound.ready();
  }, [wanted]);
  useEffect(() => {
    if (!wanted || SETTLED.includes(state)) return undefined;
    const asking = new AbortController();
    for (const gesture of GESTURES) window.addEventListener(gesture, sound.ready, { capture: true, signal: asking.signal });
    return () => asking.abort();
  }, [wanted, state]);
}

/** Calls `onNews` with each interruption that is new since this tab was opened; see `createNews`. */
function useNews(interruption, serverNow, onNews) {
  const news = useRef(null);
  useEffect(() => {
    if (!(serverNow > 0)) return; // nothing is known yet, not even when the page was opened by the server's clock
    news.current ??= createNews(sessionStorage);
    const next = news.current(interruption, serverNow - performance.now() / 1000);
    if (next) onNews(next);
  }, [interruption, serverNow]);
}

/**
 * Place it once per page, outside of <main>. `interruption` is {id, boot, severity, count, title, body, at}, or {} before
 * the first; `counts` are the open alerts that nobody handles; `serverNow` is the server's clock, unix seconds.
 */
export function Interruption({ interruption, counts, blind, sentence, serverNow }) {
  const [alarm, setAlarm] = useState(null);
  const [status, setStatus] = useState(""); // both regions are empty at first: only what comes later is read out
  const wanted = useSyncExternalStore(choices.subscribe, () => choices.get().sound, () => false);
  const { critical = 0, warning = 0 } = counts;

  useEffect(() => tellTab({ blind, counts: { critical, warning } }), [blind, critical, warning]);
  useEffect(() => calmTab, []);
  useEffect(() => setStatus(sentence), [sentence]);
  useSoundReady(wanted && serverNow > 0);
  useNews(interruption, serverNow, (next) => {
    if (next.severity === "critical") setAlarm(next);
    interrupt(next);
  });
  useEffect(() => {
    if (critical === 0) setAlarm(null);
  }, [critical]);

  return (
    <div className="sr-only">
      <div role="alert" aria-live="assertive" data-region="interruption">
        {alarm && <p key={`${alarm.boot} ${alarm.id}`}>{[alarm.title, alarm.body].filter(Boolean).join(": ")}</p>}
      </div>
      <p role="status" aria-live="polite" data-region="alerts">
        {status}
      </p>
    </div>
  );
}
