// The heading and the rows of a data table. Whatever the backend names is text here, and cut.
import { NOT_REPORTED, isQuantity, isTime, plainText, quantityOf, shownText, titleText } from "$/public/ops_table_cell";
import { ROW_PX } from "$/public/ops_table_window";
import { Time } from "$/public/ops_time";

const EDGE = "border-b border-line px-2 first:sticky first:left-0 first:pl-3 last:pr-3";
const isRight = ({ kind }) => kind === "number";

function Arrow({ isSorted, isDescending }) {
  return (
    <svg
      aria-hidden="true"
      width="12"
      height="12"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.25"
      className={`shrink-0 ${isSorted ? "" : "opacity-0 group-hover/head:opacity-60 group-focus-visible/head:opacity-60"}`}
    >
      <path d={isDescending ? "M12 5v14M6 13l6 6 6-6" : "M12 19V5M6 11l6-6 6 6"} />
    </svg>
  );
}

function Heading({ column, sort, onSort }) {
  const isSorted = sort?.key === column.key;
  const direction = sort?.isDescending ? "descending" : "ascending";
  return (
    <th
      scope="col"
      aria-sort={isSorted ? direction : undefined}
      style={{ height: ROW_PX }}
      className={`${EDGE} sticky top-0 z-2 bg-surface font-medium first:z-3`}
    >
      <button
        type="button"
        title={column.title}
        disabled={!onSort}
        onClick={() => onSort(column)}
        className={`group/head flex h-full w-full items-center gap-1 rounded-sm -outline-offset-2 hover:text-fg ${isRight(column) ? "flex-row-reverse" : ""} ${isSorted ? "text-fg" : ""}`}
      >
        <span className="min-w-0 truncate">{column.title}</span>
        <Arrow isSorted={isSorted} isDescending={isSorted ? sort.isDescending : isRight(column)} />
      </button>
    </th>
  );
}

/** The headings of `columns`; a press gives one to `onSort`, and without it they cannot be pressed. */
export function TableHead({ columns, sort, onSort }) {
  return (
    <thead className="text-xs text-muted">
      <tr aria-rowindex={1}>
        {columns.map((column) => (
          <Heading key={column.key} column={column} sort={sort} onSort={onSort} />
        ))}
      </tr>
    </thead>
  );
}

const Missing = () => (
  <span title={NOT_REPORTED} className="text-muted">
    <span aria-hidden="true">–</span>
    <span className="sr-only">{NOT_REPORTED}</span>
  </span>
);

function Amount({ cell, column }) {
  const { text, unit, exact } = quantityOf(cell, column);
  return (
    <span title={exact}>
      {text}
      {unit && <span className="text-xs text-muted">{` ${unit}`}</span>}
    </span>
  );
}

function Code({ text, copied, onCopy }) {
  const isDone = copied?.text === text && copied.isCopied;
  return (
    <span className="relative flex items-center">
      <code title={titleText(text)} className="min-w-0 truncate font-mono text-xs [@media(hover:none)]:pr-6">
        {shownText(text)}
      </code>
      <button
        type="button"
        title="Copy"
        aria-label={`Copy ${shownText(text)}`}
        onClick={() => onCopy(text)}
        className={`absolute right-0 grid size-6 place-items-center rounded-sm bg-surface -outline-offset-2 text-muted group-hover/row:bg-track group-hover/row:opacity-100 hover:text-fg focus-visible:opacity-100 [@media(hover:none)]:opacity-100 ${isDone ? "text-ok" : "opacity-0"}`}
      >
        <svg aria-hidden="true" width="14" height="14" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2">
          <path d={isDone ? "M5 12.5l4.5 4.5L19 7.5" : "M9 9h11v11H9zM15 9V4H4v11h5"} />
        </svg>
      </button>
    </span>
  );
}

const hasCopy = (cell, { kind }) => kind === "code" && typeof cell === "string";

function Content({ cell, column, copied, onCopy }) {
  if (cell === null) return <Missing />;
  if (isQuantity(cell, column)) return <Amount cell={cell} column={column} />;
  if (isTime(cell, column)) return <Time at={cell} mode="absolute" />;
  if (hasCopy(cell, column)) return <Code text={cell} copied={copied} onCopy={onCopy} />;
  const text = plainText(cell);
  return <span title={titleText(text)}>{shownText(text)}</span>;
}

/** One row, named by its first cell; `index` counts from 0 within the table. */
export function TableRow({ row, index, columns, copied, onCopy, onFocus, onBlur }) {
  return (
    <tr aria-rowindex={index + 2} style={{ height: ROW_PX }} onFocus={onFocus} onBlur={onBlur} className="group/row hover:bg-track">
      {columns.map((column, i) => {
        const Cell = i === 0 ? "th" : "td";
        const side = isRight(column) ? "text-right" : "text-left";
        return (
          <Cell
            key={column.key}
            scope={i === 0 ? "row" : undefined}
            aria-label={i === 0 && hasCopy(row[i], column) ? shownText(row[i]) : undefined} // the row is not named "Copy"
            className={`${EDGE} truncate font-normal first:z-1 first:bg-surface first:group-hover/row:bg-track ${side}`}
          >
            <Content cell={row[i]} column={column} copied={copied} onCopy={onCopy} />
          </Cell>
        );
      })}
    </tr>
  );
}

/** Room for so many rows that are not in the document. */
export function Gap({ rows, columns }) {
  if (rows <= 0) return null;
  return (
    <tr aria-hidden="true">
      <td colSpan={columns.length} style={{ height: rows * ROW_PX, padding: 0 }} />
    </tr>
  );
}

/** Rows of the final height while the first ones are awaited. */
export function SkeletonRows({ columns, height }) {
  const count = Math.max(1, Math.floor((height - ROW_PX) / ROW_PX));
  return Array.from({ length: count }, (_, index) => (
    <tr key={index} aria-hidden="true" style={{ height: ROW_PX }}>
      {columns.map((column) => (
        <td key={column.key} className="border-b border-line px-2 first:pl-3 last:pr-3">
          <span className={`skeleton block h-3 ${isRight(column) ? "ml-auto w-12" : "w-3/5"}`} />
        </td>
      ))}
    </tr>
  ));
}
