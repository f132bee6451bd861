// Puts off what lies below the first screen until the first data are on it.
import { startTransition, useEffect, useState } from "react";

/** Until then the first screen has the processor for itself: its charts are drawn. */
const AFTERWARDS_MS = 600;
/** So long is waited for data that may never come, as without a connection. */
const PATIENCE_MS = 2000;

/** Shows `children` a moment after it is `ready`, or sooner where the address leads into them. */
export function Later({ ready, className, children }) {
  const [isThere, setThere] = useState(false);

  useEffect(() => {
    if (isThere) return;
    const show = () => startTransition(() => setThere(true));
    const pause = ready ? setTimeout(show, AFTERWARDS_MS) : 0;
    const patience = setTimeout(show, window.location.hash ? 0 : PATIENCE_MS);
    window.addEventListener("hashchange", show);
    return () => {
      clearTimeout(pause);
      clearTimeout(patience);
      window.removeEventListener("hashchange", show);
    };
  }, [ready, isThere]);

  // The browser has looked for the place in vain.
  useEffect(() => {
    if (isThere) document.getElementById(window.location.hash.slice(1))?.scrollIntoView();
  }, [isThere]);

  return isThere ? children : <div className={className} aria-hidden="true" data-later />;
}
