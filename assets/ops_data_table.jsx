// A table of the backend's data: its rows come from /api/tables, are sorted, searched and drawn here. Of one height,
// whatever there is to show.
import { useDeferredValue, useEffect, useId, useMemo, useRef, useState } from "react";
import { usePlace } from "$/public/ops_place";
import { widthOf } from "$/public/ops_table_cell";
import { useCopied, useRows, useRowsInSight } from "$/public/ops_table_hooks";
import { firstSort, named, nextSort, sorted } from "$/public/ops_table_order";
import { Gap, SkeletonRows, TableHead, TableRow } from "$/public/ops_table_parts";
import { addressOf, troubleText } from "$/public/ops_table_rows";
import { countText, found, haystacks } from "$/public/ops_table_search";
import { serverTime, useTick, useZone } from "$/public/ops_time";

const WITH_ROWS = ["value", "stale"];
const NO_ROWS = [];
const LONGEST_QUERY = 100;
const PADDING_REM = 1.25; // of a cell, both sides
const FIELD =
  "h-6 w-32 min-w-12 rounded-md border border-faint bg-raised px-2 text-xs text-fg placeholder:text-muted disabled:border-line";
const LINK = "grid h-6 shrink-0 place-items-center rounded-md px-1.5 text-xs text-muted hover:bg-track hover:text-fg";

function Trouble({ error, zone, className }) {
  const text = useTick((t) => troubleText(error, t, zone), "");
  return <p className={className}>{text}</p>;
}

/** One quiet line in the place of the rows. */
function Quiet({ children }) {
  return (
    <div className="grid h-full place-items-center rounded-md border border-line px-4 text-center text-muted [overflow-wrap:anywhere]">
      {children}
    </div>
  );
}

/** What stands in the rows' place; null where they, or the skeletons before them, are drawn. */
function standIn({ view, rows, error, zone }) {
  if (!WITH_ROWS.includes(view.display)) return view.note ? <Quiet>{view.note}</Quiet> : null;
  if (rows?.length === 0) return <Quiet>{view.empty}</Quiet>;
  if (rows || !error) return null;
  return (
    <Quiet>
      <Trouble error={error} zone={zone} />
    </Quiet>
  );
}

function stateOf(view, rows, blank) {
  if (rows && !blank) return "ready";
  if (!blank) return "waiting";
  return WITH_ROWS.includes(view.display) && !rows ? "failed" : "empty";
}

// The first column takes what the others leave.
function Widths({ widths }) {
  return (
    <colgroup>
      <col />
      {widths.map((width, i) => (
        <col key={i} style={{ width: `calc(${width}ch + ${PADDING_REM}rem)` }} />
      ))}
    </colgroup>
  );
}

/**
 * `view`: a TableView. `range`: "1h" | "6h" | "24h" | "7d", or empty where the source has none. `height`: of the rows
 * with their heading, px. `search`: with a search field.
 */
export function DataTable({ view, range = "", height = 240, search = true }) {
  const title = useId();
  const place = useRef(null);
  const scroller = useRef(null);
  const zone = useZone();
  const { isNear } = usePlace(place);
  const loaded = useRows(view, range, isNear);
  const [sort, setSort] = useState(() => firstSort(view));
  const [query, setQuery] = useState("");
  const [copied, onCopy] = useCopied();
  const words = useDeferredValue(query);
  const isSearch = words.trim() !== "";

  const blank = standIn({ view, rows: loaded.rows, error: loaded.error, zone });
  const state = stateOf(view, loaded.rows, blank);
  const isReady = state === "ready";
  const columns = loaded.columns ?? view.columns;
  const held = (isReady && loaded.rows) || NO_ROWS;
  const names = useMemo(() => named(held), [held]);
  const widths = useMemo(() => {
    const when = { now: serverTime(), zone };
    return columns.slice(1).map((column, i) => widthOf(held, i + 1, column, when));
  }, [held, columns, zone]);
  const hay = useMemo(
    () => (isSearch ? haystacks(held, columns, { now: serverTime(), zone }) : null),
    [isSearch, held, columns, zone],
  );
  const ordered = useMemo(() => {
    const at = columns.findIndex((column) => column.key === sort?.key);
    return at < 0 ? held : sorted(held, at, sort.isDescending);
  }, [held, columns, sort]);
  const shown = useMemo(() => {
    if (!hay) return ordered;
    const matching = new Set(found(held, hay, words));
    return ordered.filter((row) => matching.has(row));
  }, [ordered, held, hay, words]);
  const inSight = useRowsInSight({ rows: shown, names, height, scroller });

  // Another order or choice is looked at from its top; other rows are not.
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [sort, words]);

  const { pieces } = inSight;
  return (
    <div data-table={view.key} data-state={state} className="@container min-w-0">
      <div className="mb-1 flex h-7 items-center gap-2 text-xs">
        <p id={title} className="min-w-0 truncate font-medium">
          {view.title}
        </p>
        {isReady && (
          <p aria-live={isSearch ? "polite" : "off"} className="shrink-0 whitespace-nowrap text-muted">
            {countText({ matches: shown.length, held: held.length, total: loaded.total, isSearch })}
          </p>
        )}
        {!(blank && !query) && (
          <div className="ml-auto flex min-w-0 items-center gap-1">
            {search && (
              <input
                type="search"
                aria-label={`Search ${view.title}`}
                placeholder="Search"
                autoComplete="off"
                spellCheck={false}
                maxLength={LONGEST_QUERY}
                value={query}
                disabled={state === "waiting"}
                onChange={(event) => setQuery(event.target.value)}
                className={FIELD}
              />
            )}
            {isReady && (
              <a href={addressOf(view.key, range, "csv")} download="" title="All rows as a file" className={LINK}>
                <span>
                  CSV<span className="sr-only">{` of ${view.title}`}</span>
                </span>
              </a>
            )}
          </div>
        )}
      </div>
      <div ref={place} style={{ height }} className="relative">
        {blank ?? (
          <div
            ref={scroller}
            role="region"
            aria-label={`${view.title}, table`}
            aria-busy={!isReady}
            tabIndex={0}
            onScroll={inSight.onScroll}
            className={`relative isolate h-full scroll-pt-7 overflow-auto rounded-md border border-line [overflow-anchor:none] ${loaded.error ? "pb-6" : ""}`}
          >
            <table
              aria-labelledby={title}
              aria-rowcount={isReady ? shown.length + 1 : undefined}
              style={{ minWidth: `calc(${widths.reduce((sum, width) => sum + width, 0)}ch + ${widths.length * PADDING_REM + 7}rem)` }}
              className="w-full table-fixed border-separate border-spacing-0 text-sm @max-sm:text-xs"
            >
              <Widths widths={widths} />
              <TableHead columns={columns} sort={sort} onSort={isReady ? (column) => setSort(nextSort(sort, column)) : null} />
              <tbody>
                {!isReady && <SkeletonRows columns={columns} height={height} />}
                {isReady && shown.length === 0 && (
                  <tr>
                    <td colSpan={columns.length} className="px-3 py-4 text-center text-muted">
                      Nothing matches the search.
                    </td>
                  </tr>
                )}
                {pieces.flatMap(({ from, to }, i) => [
                  <Gap key={`gap ${i}`} rows={from - (pieces[i - 1]?.to ?? 0)} columns={columns} />,
                  ...shown.slice(from, to).map((row, nth) => {
                    const name = names.get(row);
                    return (
                      <TableRow
                        key={name}
                        row={row}
                        index={from + nth}
                        columns={columns}
                        copied={copied}
                        onCopy={onCopy}
                        onFocus={() => inSight.onFocus(name)}
                        onBlur={inSight.onBlur}
                      />
                    );
                  }),
                ])}
                <Gap rows={shown.length - pieces.at(-1).to} columns={columns} />
              </tbody>
            </table>
            {!isReady && <span className="sr-only">Loading</span>}
          </div>
        )}
        {isReady && loaded.error && (
          <Trouble error={loaded.error} zone={zone} className="absolute inset-x-px bottom-px truncate rounded-b-md bg-warn-bg px-3 py-0.5 text-xs text-warn" />
        )}
      </div>
      <p role="status" className="sr-only">
        {copied && (copied.isCopied ? "Copied." : "Could not be copied.")}
      </p>
    </div>
  );
}
