// How the browser's tab reads: the mark before the title, and the icon. Pure.

const INK = "#ffffff";
const GROUNDS = { "?": "#5b6472", "!": "#c81e1e" };
const WARNING = { ground: "#f5b544", ink: "#1f1300" };
const MOST_SHOWN = 9; // two digits cannot be read at 16 px

const number = (value) => (Number.isFinite(value) && value > 0 ? Math.floor(value) : 0);

/** How many alerts that interrupt are open: critical and warning. Whatever is no count counts as 0. */
export const openCount = (counts) => number(counts?.critical) + number(counts?.warning);

/**
 * The title of the tab: "? " while nobody knows, "(2) " while alerts are open.
 * `lost`: the page is not updated any more; `blind`: the dashboard cannot see the backend.
 */
export function titleOf({ title, lost, blind, counts }) {
  if (lost || blind) return `? ${title}`;
  const open = openCount(counts);
  return open ? `(${open}) ${title}` : title;
}

/** What stands in the icon: "?", "!" when one is critical, a count of warnings, or "" for the plain icon. */
export function markOf({ lost, blind, counts }) {
  if (lost || blind) return "?";
  if (number(counts?.critical)) return "!";
  const open = openCount(counts);
  return open > MOST_SHOWN ? `${MOST_SHOWN}+` : open ? String(open) : "";
}

/**
 * The icon with a mark, as the address of an SVG image. It brings its own ground and a rim,
 * so that it stands out from light and from dark tab bars.
 */
export function iconOf(mark) {
  const ground = GROUNDS[mark] ?? WARNING.ground;
  const ink = GROUNDS[mark] ? INK : WARNING.ink;
  const size = mark.length > 1 ? 18 : 26;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">` +
    `<rect x="1" y="1" width="30" height="30" rx="7" fill="${ground}" stroke="${ink}" stroke-width="2"/>` +
    `<text x="16" y="16" dy=".36em" text-anchor="middle" font-family="system-ui,sans-serif" ` +
    `font-weight="700" font-size="${size}" fill="${ink}">${mark}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
