// The rows of one table in this browser: fetched while somebody can see them, and again when there are others.
import { absolute } from "./ops_clock.js";
import { pauseAfter } from "./ops_history.js";

const PATIENCE_MS = 20_000;
/** The state before anything was asked for. */
export const NOTHING = Object.freeze({ columns: null, rows: null, total: 0, at: 0, error: null, isBusy: false });
const CELLS = ["string", "boolean", "number"];

/** Where the rows of a table are; `range` is empty for tables without. `format`: "csv", or none for JSON. */
export function addressOf(key, range, format) {
  const query = new URLSearchParams([...(range ? [["range", range]] : []), ...(format ? [["format", format]] : [])]);
  return `/api/tables/${encodeURIComponent(key)}${query.size ? `?${query}` : ""}`;
}

const cellOf = (cell) => (CELLS.includes(typeof cell) ? cell : null);

/** What `/api/tables/{key}` answered, checked: {columns, rows, total, at}; null when it is no such answer. */
export function readAnswer(body, key) {
  const { columns, rows, total, at } = body ?? {};
  if (body?.key !== key || !Array.isArray(columns) || !Array.isArray(rows) || !Number.isFinite(at)) return null;
  if (!columns.every((column) => typeof column?.key === "string" && typeof column.title === "string")) return null;
  const isRow = (row) => Array.isArray(row) && row.length === columns.length;
  if (!rows.every(isRow)) return null;
  return { columns, rows: rows.map((row) => row.map(cellOf)), total: Math.max(rows.length, Number(total) || 0), at };
}

/** "The rows could not be loaded since 14:05:02; next try in 8 s." at the moment `now`, ms. */
export function troubleText({ since, retryAt }, now, zone) {
  const left = Math.ceil((retryAt - now) / 1000);
  return `The rows could not be loaded since ${absolute(since, now, zone)}; ${left > 0 ? `next try in ${left} s` : "trying again"}.`;
}

async function fetchJson(url, signal) {
  const answer = await fetch(url, { signal, headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.json();
}

/**
 * Loads the rows of one table at a time. Its state is {columns, rows (null before the first), total, at, isBusy,
 * error: {since, retryAt} in ms or null}; `tell` hears of each change. A failure keeps the rows and tries again.
 */
export function createLoader({
  ask = fetchJson,
  wait = (run, ms) => setTimeout(run, ms),
  stop = (timer) => clearTimeout(timer),
  now = () => Date.now(),
  tell,
}) {
  let state = NOTHING;
  let wanted = { key: "", range: "", at: 0, isSeen: false };
  let loaded = 0; // the `at` for which there are rows
  let asking = null;
  let retry = null;
  let failures = 0;

  const publish = (changes) => {
    state = Object.freeze({ ...state, ...changes });
    tell(state);
  };

  const calm = () => {
    stop(retry);
    retry = null;
  };

  const step = () => {
    const isKnown = state.rows !== null && (loaded === wanted.at || state.at === wanted.at);
    if (wanted.isSeen && wanted.at > 0 && !isKnown && !asking && !retry) request(wanted);
  };

  const request = async ({ key, range, at }) => {
    const mine = new AbortController();
    const patience = wait(() => mine.abort(), PATIENCE_MS);
    asking = mine;
    publish({ isBusy: true });
    let answer = null;
    try {
      answer = readAnswer(await ask(addressOf(key, range), mine.signal), key);
    } catch {
      // No answer: told below, and tried again.
    }
    stop(patience);
    if (asking !== mine) return; // something else is wanted by now
    asking = null;
    if (answer) succeed(answer, at);
    else fail();
    step();
  };

  const succeed = (answer, at) => {
    failures = 0;
    loaded = at;
    publish({ ...answer, error: null, isBusy: false });
  };

  const fail = () => {
    failures += 1;
    const pause = pauseAfter(failures);
    retry = wait(() => {
      retry = null;
      step();
    }, pause);
    publish({ isBusy: false, error: Object.freeze({ since: state.error?.since ?? now(), retryAt: now() + pause }) });
  };

  const drop = () => {
    asking?.abort();
    asking = null;
    calm();
    failures = 0;
    loaded = 0;
  };

  return {
    /** What is to be shown: {key, range, at (unix seconds; 0: there is nothing yet), isSeen}. */
    want(next) {
      const before = wanted;
      wanted = next;
      if (next.key !== before.key || next.range !== before.range) {
        drop();
        publish(NOTHING);
      }
      // Others are there, so the server is: no need to sit the pause out.
      if (next.at !== before.at) calm();
      step();
    },

    /** Nobody looks any more. */
    close: drop,
  };
}
