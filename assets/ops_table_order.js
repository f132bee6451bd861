// The order of a table's rows. Pure: rows are arrays of cells, and stay as they are.

const words = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
const COMPARED = 200; // letters

const orderOf = { number: 0, boolean: 0, string: 1 };

function compared(a, b) {
  if (typeof a === "string" && typeof b === "string") return words.compare(a.slice(0, COMPARED), b.slice(0, COMPARED));
  return orderOf[typeof a] - orderOf[typeof b] || a - b;
}

/**
 * The rows by the cells at `place`: numbers by their value, texts as people sort them ("item 9" before "item 10").
 * What is not reported comes last in both directions; equals keep their order.
 */
export function sorted(rows, place, isDescending) {
  const sign = isDescending ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [a, b] = [one[place], other[place]];
    if (a === null || b === null) return (a === null) - (b === null);
    return sign * compared(a, b);
  });
}

/** How a table stands at first: by its view's column, the greatest first; null for the order of the backend. */
export const firstSort = (view) => (view.sort ? { key: view.sort, isDescending: true } : null);

/** The sort after a press on the heading of `column`: its other direction, or of a new one the telling one. */
export function nextSort(sort, { key, kind }) {
  if (sort?.key === key) return { key, isDescending: !sort.isDescending };
  return { key, isDescending: kind !== "text" && kind !== "code" };
}

/** A name for each row that it keeps when others come and go: its first cell, and which of that name it is. */
export function named(rows) {
  const seen = new Map();
  return new Map(
    rows.map((row) => {
      const nth = seen.get(row[0]) ?? 0;
      seen.set(row[0], nth + 1);
      return [row, `${nth} ${row[0]}`];
    }),
  );
}
