// Finding rows by any of their cells, whatever the case and the accents. Pure.
import { searchedText } from "./ops_table_cell.js";

const PLAIN = /^[\x00-\x7f]*$/;

/** Text in which "Ångström" and "angstrom" are the same. */
export const folded = (text) => (PLAIN.test(text) ? text : text.normalize("NFD").replace(/\p{M}/gu, "")).toLowerCase();

/** What each of `rows` is found by; `when` is {now (ms), zone}, as times read. */
export const haystacks = (rows, columns, when) =>
  rows.map((row) => folded(row.map((cell, i) => searchedText(cell, columns[i], when)).join("\n")));

/** The rows that hold every word of `query`, in any of their cells; all of them when there is no word. */
export function found(rows, hay, query) {
  const words = folded(query).split(/\s+/).filter(Boolean);
  return words.length ? rows.filter((_, i) => words.every((word) => hay[i].includes(word))) : rows;
}

const counted = (n) => n.toLocaleString("en");

/** "500 rows", "12 of 500", "first 5,000 of 20,000", "12 of the first 5,000": found, held here, known to the server. */
export function countText({ matches, held, total, isSearch }) {
  if (isSearch) return `${counted(matches)} of ${held < total ? "the first " : ""}${counted(held)}`;
  if (held < total) return `first ${counted(held)} of ${counted(total)}`;
  return `${counted(held)} ${held === 1 ? "row" : "rows"}`;
}
