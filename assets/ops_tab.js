// The one place that writes the tab's title and icon; the watchdog and the alerts tell it what they know.
import { iconOf, markOf, titleOf } from "./ops_tab_look.js";

const CALM = { title: "", lost: false, blind: false, counts: {} };
let told = CALM;
let plainIcon = null; // the page's own, to go back to

/** Take in any of {title, lost, blind, counts}; what is not named stays as it was told last. */
export function tellTab(news) {
  told = { ...told, ...news };
  if (told.title) document.title = titleOf(told);
  const link = document.querySelector('link[rel~="icon"]');
  if (!link) return;
  plainIcon ??= link.getAttribute("href");
  const mark = markOf(told);
  const icon = mark ? iconOf(mark) : plainIcon;
  if (link.getAttribute("href") !== icon) link.setAttribute("href", icon);
}

/** Forget what the alerts told. */
export const calmTab = () => tellTab({ blind: CALM.blind, counts: CALM.counts });
