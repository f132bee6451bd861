// Where an element is, for what is done only near the screen.
import { useEffect, useState } from "react";

const NEAR_PX = 200;

/** Whether the element is on or near the screen, and how wide it is (0 while unknown). */
export function usePlace(ref) {
  const [isNear, setNear] = useState(false);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const seen = new IntersectionObserver(([entry]) => setNear(entry.isIntersecting), { rootMargin: `${NEAR_PX}px` });
    const sized = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    seen.observe(ref.current);
    sized.observe(ref.current);
    return () => {
      seen.disconnect();
      sized.disconnect();
    };
  }, [ref]);
  return { isNear, width };
}
