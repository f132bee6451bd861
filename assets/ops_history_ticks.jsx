// Feeds the page's history with the ticks that a state receives.
import { useEffect } from "react";
import { history } from "$/public/ops_history";

/** Shows nothing; place it once per page. */
export function HistoryTicks({ tick }) {
  useEffect(() => history.tick(tick), [tick]);
  return null;
}
