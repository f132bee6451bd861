// What a cell of a table reads, to the eye, to the search and to the title. Cells are text, numbers, true, false or
// null, of a column {key, title, kind, unit}. Pure.
import { absolute, isMoment } from "./ops_clock.js";
import { exact, quantity } from "./ops_units.js";

const LONGEST_SHOWN = 200;
const LONGEST_TITLE = 2000;
const BREAKS = /[\s\p{Cc}]+/gu;
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu; // would turn the letters of their neighbours round

export const NOT_REPORTED = "not reported";

function cut(text, length) {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 2);
  const isHalf = last >= 0xd800 && last < 0xdc00;
  return `${text.slice(0, isHalf ? length - 2 : length - 1)}…`;
}

// A megabyte costs no more than what is shown of it.
const line = (text, length) => cut(text.slice(0, 4 * length).replace(TURNS, "").replace(BREAKS, " ").trim(), length);

/** Text on one line, as long as a cell shows of it. */
export const shownText = (text) => line(text, LONGEST_SHOWN);

/** Text on one line, as long as a title shows of it. */
export const titleText = (text) => line(text, LONGEST_TITLE);

const isNumber = (cell) => typeof cell === "number";

/** Whether the cell holds a number of a column of numbers. */
export const isQuantity = (cell, { kind }) => kind === "number" && isNumber(cell);

/** Whether the cell holds a time of a column of times. */
export const isTime = (cell, { kind }) => kind === "moment" && isNumber(cell) && isMoment(cell);

/** {text, unit, exact} of a number; a column without a unit counts. */
export const quantityOf = (cell, { unit }) => quantity(cell, unit || "count");

/** What is neither a number nor a time, in words. */
export function plainText(cell) {
  if (cell === null) return NOT_REPORTED;
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  return isNumber(cell) ? exact(cell) : cell;
}

/** All that the search finds a cell by: a number as shown, exactly, and without separators. `when`: {now (ms), zone}. */
export function searchedText(cell, column, { now, zone }) {
  if (isQuantity(cell, column)) {
    const { text, unit, exact: full } = quantityOf(cell, column);
    return `${text} ${unit} ${full} ${cell}`;
  }
  if (isTime(cell, column)) return absolute(cell * 1000, now, zone);
  return titleText(plainText(cell));
}

const AVERAGE_LETTER = 0.95; // of a digit's width
const [NARROWEST, WIDEST] = [5, 24];
const MEASURED = 200;

// To format thousands takes longer than a frame. The longest is among the first, or one of the extremes.
function measured(rows, place) {
  let [least, most] = [Infinity, 0];
  for (const row of rows) {
    const size = typeof row[place] === "number" ? Math.abs(row[place]) : 0;
    if (size > most) most = size;
    if (size > 0 && size < least) least = size;
  }
  return [...rows.slice(0, MEASURED).map((row) => row[place]), most, ...(least < Infinity ? [least] : [])];
}

function lengthOf(cell, column, { now, zone }) {
  if (cell === null) return 1;
  if (isTime(cell, column)) return absolute(cell * 1000, now, zone).length;
  if (!isQuantity(cell, column)) return plainText(cell).length;
  const { text, unit } = quantityOf(cell, column);
  return text.length + (unit ? unit.length + 1 : 0);
}

/** The width of a column after the first, in digits: that of its longest cell, within reason. `when`: {now (ms), zone}. */
export function widthOf(rows, place, column, when) {
  const cells = ["number", "moment"].includes(column.kind) ? measured(rows, place) : rows.map((row) => row[place]);
  const heading = column.title.length + 2; // with the arrow
  const longest = cells.reduce((most, cell) => Math.max(most, lengthOf(cell, column, when)), heading);
  return Math.ceil(Math.min(WIDEST, Math.max(NARROWEST, longest * AVERAGE_LETTER)));
}
