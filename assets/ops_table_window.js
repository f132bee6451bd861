// Which rows of a long table are in the document. Pure: rows of one height, counted from 0.

export const ROW_PX = 28;
const ALL_UP_TO = 100;
const BEYOND = 8; // rows kept ready on either side, so that Tab finds the next

/**
 * The rows to draw as pieces {from, to} (`to` exclusive), in order: those in sight when `height` px of `count` rows
 * are seen from row `first` on, and the row `pinned` (-1 for none), which holds the focus. Short tables are drawn whole.
 */
export function drawnPieces({ count, first, height, pinned = -1 }) {
  if (count <= ALL_UP_TO) return [{ from: 0, to: count }];
  const seen = Math.ceil(height / ROW_PX) + 1;
  const top = Math.max(0, Math.min(first, count - seen)); // the list may have become shorter than it was scrolled
  const window = { from: Math.max(0, top - BEYOND), to: Math.min(count, top + seen + BEYOND) };
  const row = { from: pinned, to: pinned + 1 };
  if (pinned < 0 || pinned >= count || (pinned >= window.from && pinned < window.to)) return [window];
  return pinned < window.from ? [row, window] : [window, row];
}
