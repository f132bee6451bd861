// What a table on the page lives on: its rows, which of them are in the document, what was copied.
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { copy } from "$/public/ops_copy";
import { NOTHING, createLoader } from "$/public/ops_table_rows";
import { ROW_PX, drawnPieces } from "$/public/ops_table_window";
import { serverTime } from "$/public/ops_time";

const TOLD_MS = 2000; // how long a button says that it has copied

function onVisibility(listener) {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
}

const useTabInSight = () => useSyncExternalStore(onVisibility, () => document.visibilityState === "visible", () => false);

/** The state of the loader, see ops_table_rows, kept up to date while the table `isNear` the screen. */
export function useRows({ key, at }, range, isNear) {
  const [state, setState] = useState(NOTHING);
  const loader = useRef(null);
  const isSeen = useTabInSight() && isNear;
  useEffect(() => {
    loader.current = createLoader({ tell: setState, now: serverTime });
    return () => loader.current.close();
  }, []);
  useEffect(() => loader.current.want({ key, range, at, isSeen }), [key, range, at, isSeen]);
  return state;
}

/**
 * The part of `rows` that is in the document, as pieces {from, to}, and what the elements need for it. The row with
 * the focus stays, wherever it is scrolled to; when it is gone, the focus goes to the `scroller`.
 */
export function useRowsInSight({ rows, names, height, scroller }) {
  const [first, setFirst] = useState(0);
  const [focused, setFocused] = useState(null); // the name of a row
  const pinned = focused === null ? -1 : rows.findIndex((row) => names.get(row) === focused);
  const isGone = focused !== null && pinned < 0;
  useEffect(() => {
    if (!isGone) return;
    setFocused(null);
    if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
  }, [isGone, scroller]);
  return {
    pieces: drawnPieces({ count: rows.length, first, height, pinned }),
    onScroll: (event) => setFirst(Math.floor(event.currentTarget.scrollTop / ROW_PX)),
    onFocus: setFocused,
    onBlur: () => setFocused(null),
  };
}

/** [{text, isCopied} of the last press for a while, or null; the press on "Copy"]. */
export function useCopied() {
  const [copied, setCopied] = useState(null);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(null), TOLD_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return [copied, async (text) => setCopied({ text, isCopied: await copy(text) })];
}
