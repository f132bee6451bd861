// The past of the page's numbers in this browser: fetched once per range, kept up to date by ticks.
import { advanced, isBehind, readAnswer } from "./ops_history_merge.js";

const ADDRESS = "/api/history";
const PATIENCE_MS = 20_000;
const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 60_000;
const NOTHING = Object.freeze({ seconds: 0, step: 0, at: 0, past: undefined, series: Object.freeze({}), error: null });

/** Where the values of `keys` over `range` are as a file; `previous`: with the period before. */
export function fileAddress(range, keys, previous) {
  const query = [["range", range], ...keys.map((key) => ["keys", key]), ...(previous ? [["previous", "1"]] : []), ["format", "csv"]];
  return `${ADDRESS}?${new URLSearchParams(query)}`;
}

/** Milliseconds to wait after so many failures in a row: 2 s, doubling, up to 60 s. */
export const pauseAfter = (failures) => Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));

/** "The history could not be loaded; next try in 8 s." at the moment `now`, ms. */
export function troubleText({ reason, retryAt }, now) {
  const left = Math.ceil((retryAt - now) / 1000);
  return `The history could not be loaded${reason && `: ${reason}`}; ${left > 0 ? `next try in ${left} s` : "trying again"}.`;
}

async function fetchJson(url, signal) {
  const answer = await fetch(url, { signal, headers: { Accept: "application/json" } });
  if (answer.ok) return answer.json();
  const body = answer.status === 400 ? await answer.json() : null;
  throw Object.assign(new Error(`status ${answer.status}`), {
    reason: typeof body?.error === "string" ? body.error.slice(0, 200).replace(/\.$/, "") : "",
  });
}

/**
 * A store of series, read as immutable states {seconds, step, at, past, series: {key: {since, points, previous}}, error}.
 * `past` counts how often the server took over what was kept from before: what it answered earlier lacks that.
 * All that is asked for within one frame makes one request for each range. What nobody uses is forgotten.
 */
export function createHistory({
  ask = fetchJson,
  frame = (run) => requestAnimationFrame(run),
  wait = (run, ms) => setTimeout(run, ms),
  stop = (timer) => clearTimeout(timer),
  now = () => Date.now(),
} = {}) {
  const desks = new Map(); // range -> what is used, known and under way there

  const open = (range) => {
    if (!desks.has(range)) {
      desks.set(range, { range, uses: new Set(), state: NOTHING, behind: new Set(), heard: [], failures: 0 });
    }
    return desks.get(range);
  };

  const publish = (desk, state) => {
    const before = desk.state;
    desk.state = Object.freeze(state);
    for (const use of desk.uses) {
      const isNews = state.error !== before.error || use.keys.some((key) => state.series[key] !== before.series[key]);
      if (isNews) use.listener();
    }
  };

  const lacks = (desk, use, key) =>
    desk.behind.has(key) || !desk.state.series[key] || (use.previous && !desk.state.series[key].previous);

  const used = (desk) => new Set([...desk.uses].flatMap((use) => use.keys));

  const queue = (desk) => {
    if (desk.queued) return;
    desk.queued = true;
    frame(() => {
      desk.queued = false;
      prune(desk);
      if (desk.uses.size && !desk.asking && !desk.retry) request(desk);
    });
  };

  const prune = (desk) => {
    const keys = used(desk);
    const series = Object.fromEntries(Object.entries(desk.state.series).filter(([key]) => keys.has(key)));
    desk.state = Object.freeze({ ...desk.state, series: Object.freeze(series) });
    for (const key of desk.behind) if (!keys.has(key)) desk.behind.delete(key);
    if (desk.uses.size) return;
    desk.asking?.abort();
    stop(desk.retry);
    desks.delete(desk.range);
  };

  const request = async (desk) => {
    const wanting = [...desk.uses].map((use) => ({ ...use, keys: use.keys.filter((key) => lacks(desk, use, key)) }));
    const keys = [...new Set(wanting.flatMap((use) => use.keys))].sort();
    if (keys.length === 0) return;
    // What is shown with its past keeps it when it is fetched anew.
    const previous = [...desk.uses].some((use) => use.previous && use.keys.some((key) => keys.includes(key)));
    const query = new URLSearchParams([["range", desk.range], ...keys.map((key) => ["keys", key])]);
    if (previous) query.set("previous", "1");
    const asking = new AbortController();
    const patience = wait(() => asking.abort(), PATIENCE_MS);
    desk.asking = asking;
    desk.heard = [];
    let answer = null;
    let reason = "";
    try {
      answer = readAnswer(await ask(`${ADDRESS}?${query}`, asking.signal), { range: desk.range, keys, previous });
    } catch (error) {
      reason = error.reason ?? "";
    }
    stop(patience);
    desk.asking = null;
    if (desks.get(desk.range) !== desk) return; // nobody wants it any more
    if (answer) succeed(desk, keys, answer);
    else fail(desk, reason);
  };

  const succeed = (desk, keys, answer) => {
    desk.failures = 0;
    for (const key of keys) desk.behind.delete(key);
    publish(desk, { ...answer, series: Object.freeze({ ...desk.state.series, ...answer.series }), error: null });
    for (const tick of desk.heard.filter(({ at }) => at > answer.at)) apply(desk, tick);
    queue(desk);
  };

  const fail = (desk, reason) => {
    desk.failures += 1;
    const pause = pauseAfter(desk.failures);
    desk.retry = wait(() => {
      desk.retry = null;
      queue(desk);
    }, pause);
    publish(desk, { ...desk.state, error: Object.freeze({ reason, retryAt: now() + pause }) });
  };

  const apply = (desk, { at, past, series: ticked }) => {
    const { seconds, step } = desk.state;
    if (past !== desk.state.past) Object.keys(desk.state.series).forEach((key) => desk.behind.add(key));
    const series = {};
    for (const [key, known] of Object.entries(desk.state.series)) {
      const entries = Object.hasOwn(ticked, key) ? ticked[key] : [];
      const behind = isBehind(known, entries, desk.state);
      if (behind) desk.behind.add(key);
      // Nobody knows yet what was between: no line across it.
      series[key] = advanced(known, behind ? [null, ...entries] : entries, { at, seconds, step });
    }
    publish(desk, { ...desk.state, at, series: Object.freeze(series) });
    if (desk.behind.size) queue(desk);
  };

  return {
    /** The newest state of a range. */
    read: (range) => desks.get(range)?.state ?? NOTHING,

    /** Holds the series `keys` of `range`, with the period before when `previous`; `listener` hears of news. */
    subscribe({ range, keys, previous }, listener) {
      const desk = open(range);
      const use = { keys, previous, listener };
      desk.uses.add(use);
      if (desk.retry && keys.some((key) => lacks(desk, use, key))) {
        stop(desk.retry); // somebody is looking: no need to sit the pause out
        desk.retry = null;
      }
      queue(desk);
      return () => {
        desk.uses.delete(use);
        queue(desk);
      };
    },

    /**
     * Takes in the newest points: {range, at, series: {key: the last two of its window}}. One from before what is
     * known, as a page that has just been opened gets it after its own request, is no news.
     */
    tick(tick) {
      const desk = desks.get(tick?.range);
      if (!desk || !Number.isFinite(tick.at) || tick.series === null || typeof tick.series !== "object") return;
      if (desk.asking) desk.heard.push(tick);
      if (tick.at >= desk.state.at) apply(desk, tick);
    },
  };
}

/** The page's own. */
export const history = createHistory();
