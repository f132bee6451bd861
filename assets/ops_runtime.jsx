// What the page itself must know: whether it is still being updated, and what this browser prefers.
import { createContext, useContext, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Dialog } from "@base-ui/react/dialog";
import { absolute } from "$/public/ops_clock";
import { focusPressed } from "$/public/ops_focus";
import { tellTab } from "$/public/ops_tab";
import { serverTime, syncClock, useTick, useZone } from "$/public/ops_time";

const NUDGE_MS = 5000; // how often a lost connection is asked to try again
const PROBE_MS = 2000; // how often the server is asked whether it lives, while something is wrong
const RELOAD_AFTER_MS = { refused: 10_000, silent: 30_000 }; // alive for so long, and still no updates
const RELOAD_PAUSE_MS = 300_000; // never reload more often than this
const RELOADED_KEY = "ops.reloaded_at";

const typing = () => {
  const field = document.activeElement;
  return /^(INPUT|TEXTAREA)$/.test(field?.tagName) && field.value !== "";
};

function reloadOnce() {
  const last = Number(sessionStorage.getItem(RELOADED_KEY)) || 0;
  if (typing() || Date.now() - last < RELOAD_PAUSE_MS) return;
  sessionStorage.setItem(RELOADED_KEY, String(Date.now()));
  window.location.reload();
}

const alive = (url) =>
  fetch(url, { cache: "no-store", signal: AbortSignal.timeout(PROBE_MS) }).then(
    (answer) => answer.ok,
    () => false,
  );

// The page then leads elsewhere: to the login, of this dashboard or of a proxy in front.
const loggedOut = () =>
  fetch(window.location.href, { method: "HEAD", cache: "no-store", redirect: "manual" }).then(
    (answer) => answer.type === "opaqueredirect",
    () => false,
  );

/** While `trouble` lasts: ask whether the server lives; if it does and nothing comes, load the page anew. */
function useRescue(trouble, healthUrl) {
  useEffect(() => {
    if (!trouble) return undefined;
    let aliveSince = 0;
    const probe = setInterval(async () => {
      if (!(await alive(healthUrl))) aliveSince = 0;
      else aliveSince ||= Date.now();
      if (aliveSince && (await loggedOut())) window.location.reload();
      else if (aliveSince && Date.now() - aliveSince > RELOAD_AFTER_MS[trouble]) reloadOnce();
    }, PROBE_MS);
    return () => clearInterval(probe);
  }, [trouble, healthUrl]);
}

/**
 * The watchdog. `lastPush` changes with every update or heartbeat of the server, `serverNow` is its clock then.
 * Shows a bar when the connection is lost, or when nothing came for `staleAfter` seconds.
 */
export function Runtime({ serverNow, lastPush, staleAfter, title, connected, healthUrl, onNudge }) {
  const [since, setSince] = useState(0); // server time of the last update, ms
  const heard = useRef(0); // the same moment by this browser's own clock, so that a corrected skew is no silence
  const zone = useZone();
  useEffect(() => {
    syncClock(serverNow);
    setSince(serverTime());
    heard.current = Date.now();
  }, [serverNow, lastPush]);
  const silent = useTick(() => heard.current > 0 && Date.now() - heard.current > staleAfter * 1000, false);

  const trouble = since === 0 ? "" : !connected ? "refused" : silent ? "silent" : "";
  useRescue(trouble, healthUrl);
  useEffect(() => {
    const nudge = setInterval(() => onNudge?.(), NUDGE_MS);
    return () => clearInterval(nudge);
  }, [onNudge]);

  // Before whatever the click does, which may look for the focus or move it.
  useEffect(() => {
    window.addEventListener("click", focusPressed, true);
    return () => window.removeEventListener("click", focusPressed, true);
  }, []);

  useEffect(() => {
    document.documentElement.dataset.feed = trouble ? "lost" : "live";
    tellTab({ title, lost: trouble !== "" });
  }, [trouble, title]);

  return (
    <div role="alert" aria-live="assertive" data-watchdog={trouble || "live"} className="fixed inset-x-0 bottom-0 z-50">
      {trouble && (
        <p className="bg-crit px-4 py-3 text-center font-medium text-page">
          {`This dashboard is not updating since ${absolute(since, serverTime(), zone)}: `}
          {trouble === "refused" ? "its server cannot be reached" : "its server has gone silent"}
          {" – trying to reconnect"}
        </p>
      )}
    </div>
  );
}

const InDialog = createContext(false);

/**
 * The given widget's portal. Popups go to the page's own layer, so that they stand within a landmark;
 * those of a dialog stay with the dialog, because all else is inert while it is open.
 */
export function PopupPortal({ portal: Portal, children }) {
  const inDialog = useContext(InDialog);
  const layer = inDialog || typeof document === "undefined" ? undefined : document.getElementById("popups");
  return <Portal container={layer ?? undefined}>{children}</Portal>;
}

/** A dialog that closes at once in this browser, also while the server that holds `open` cannot be reached. */
export function DialogRoot({ open, onOpenChange, children }) {
  const [shown, setShown] = useState(open);
  useEffect(() => setShown(open), [open]);
  const change = (next) => {
    setShown(next);
    onOpenChange?.(next);
  };
  return (
    <Dialog.Root open={shown} onOpenChange={change}>
      <InDialog value={true}>{children}</InDialog>
    </Dialog.Root>
  );
}

// The sidebar's state lives on <html>, where a script in <head> puts it before the first paint.
const SIDEBAR_KEY = "ops.sidebar";
const sidebarListeners = new Set();
const sidebarOpen = () => document.documentElement.dataset.sidebar !== "collapsed";
const subscribeSidebar = (listener) => {
  sidebarListeners.add(listener);
  return () => sidebarListeners.delete(listener);
};

function toggleSidebar() {
  const next = sidebarOpen() ? "collapsed" : "open";
  document.documentElement.dataset.sidebar = next;
  localStorage.setItem(SIDEBAR_KEY, next);
  sidebarListeners.forEach((listener) => listener());
}

/** Collapses and opens the sidebar of id `controls`; kept per browser. */
export function SidebarToggle({ controls, className, children }) {
  const open = useSyncExternalStore(subscribeSidebar, sidebarOpen, () => true);
  return (
    <button type="button" aria-label="Sidebar" aria-expanded={open} aria-controls={controls} className={className} onClick={toggleSidebar}>
      {children}
    </button>
  );
}
