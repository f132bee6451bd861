// Tells the server which sections come on screen whose data are read seldom.
import { useEffect, useRef } from "react";

const LOOK_MS = 1500;

const isOnScreen = (section) => {
  const { top, bottom } = section.getBoundingClientRect();
  return top < window.innerHeight && bottom > 0;
};

/** Calls `onLook(id)` once each time that a section marked `data-seldom` has come into view. */
export function LookedAt({ onLook }) {
  const tell = useRef(onLook);
  tell.current = onLook;
  useEffect(() => {
    let seen = new Set();
    const look = () => {
      if (document.visibilityState !== "visible") return;
      const now = [...document.querySelectorAll("section[data-seldom=true]")].filter(isOnScreen);
      const ids = new Set(now.map((section) => section.id));
      for (const id of ids) if (!seen.has(id)) tell.current(id);
      seen = ids;
    };
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return null;
}
