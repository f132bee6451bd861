// A chart as a figure: title, legend, picture or table of one height, and a sentence. Draws without Recharts;
// the part that needs it comes later, see ops_chart_hooks.
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { fileAddress, troubleText } from "$/public/ops_history";
import { useShown } from "$/public/ops_chart_hooks";
import { ChartLegend } from "$/public/ops_chart_legend";
import { ChartTable } from "$/public/ops_chart_table";
import { linesOf } from "$/public/ops_chart_model";
import { caption, emptyText } from "$/public/ops_chart_text";
import { scaledWindow } from "$/public/ops_chart_zoom";
import { usePlace } from "$/public/ops_place";
import { useTick, useZone } from "$/public/ops_time";

const TOOL = "h-6 shrink-0 rounded-md border px-1.5 text-xs hover:bg-track hover:text-fg";
const QUIET = "border-transparent text-muted aria-pressed:bg-track aria-pressed:text-fg";
const CAPTION = "mt-1.5 min-h-20 text-xs text-muted @2xs:min-h-16 @lg:min-h-12 @min-[40rem]:min-h-8";
const NO_MARKS = [];

function Tool({ className = "", look = QUIET, ...rest }) {
  return <button type="button" className={`${TOOL} ${look} ${className}`} {...rest} />;
}

function Trouble({ error, className }) {
  const text = useTick(() => troubleText(error, Date.now()), "");
  return <p className={className}>{text}</p>;
}

function Blank({ children }) {
  return <div className="grid h-full place-items-center rounded-md bg-track px-4 text-center text-muted">{children}</div>;
}

/** What stands in the picture's place while there is none; null when there is one. */
function standIn({ shown, view, lines, when }) {
  if (shown && !shown.data && shown.error) {
    return (
      <Blank>
        <Trouble error={shown.error} />
      </Blank>
    );
  }
  if (view.lines.length === 0 && view.note) return <Blank>{view.note}</Blank>;
  if (!shown?.data) {
    return (
      <div className="h-full">
        <span aria-hidden="true" className="skeleton block h-full" />
        <span className="sr-only">Loading</span>
      </div>
    );
  }
  return lines.some(({ points }) => points.some(Boolean)) ? null : <Blank>{emptyText(lines, when)}</Blank>;
}

function stateOf(shown, view, blank) {
  if (shown?.data) return blank ? "empty" : "ready";
  if (shown?.error) return "failed";
  return view.lines.length === 0 && view.note ? "empty" : "waiting";
}

// What is drawn, once there is data; the period before only where any of it is held.
function withPastHeld(shown) {
  if (!shown?.data) return null;
  const { view, data } = shown;
  return { ...shown, compare: shown.compare && view.lines.some(({ key }) => data.series[key]?.previous?.length > 0) };
}

/**
 * `view`: a ChartView. `range`: "1h" | "6h" | "24h" | "7d". `compare`: with the period before. `marks`: of any lines;
 * those of other charts are left out. `height`: of the picture, px. `kind`: "line" | "area"; bars and donuts will be
 * kinds of their own. Charts of one `sync` and range share their crosshair. `compact`: the sentence is for screen
 * readers alone, and a single line needs no legend.
 */
export function Chart({ view, range, compare, marks, height = 220, kind = "line", sync = "ops", compact = false }) {
  const id = useId();
  const figure = useRef(null);
  const place = useRef(null);
  const zoomIn = useRef(null);
  const [isTable, setTable] = useState(false);
  const [zoom, setZoom] = useState(null); // {from, to}, unix seconds
  const zone = useZone();
  const { isNear, width } = usePlace(place);
  const wanted = { view, range, compare: Boolean(compare), marks: marks ?? NO_MARKS, zone, width };
  const shown = useShown(wanted, isNear);
  useEffect(() => setZoom(null), [range, view.key]);

  const drawn = useMemo(() => withPastHeld(shown), [shown]);
  const lines = useMemo(() => (drawn ? linesOf(drawn.view, drawn.data, drawn.compare) : []), [drawn]);
  const when = useMemo(() => drawn && { now: drawn.now, step: drawn.data.step, seconds: drawn.data.seconds, zone: drawn.zone }, [drawn]);
  const blank = standIn({ shown, view, lines, when });
  const state = stateOf(shown, view, blank);
  const hasLegend = !compact || view.lines.length > 1;
  const needsTable = !blank && (isTable || drawn.hasFailed);
  const hasPicture = !blank && !needsTable;
  const canZoom = hasPicture && Boolean(drawn.Plot);
  const isZoomed = zoom !== null && zoom.to > drawn?.now - drawn?.data.seconds;
  const span = useMemo(() => {
    if (!when) return null;
    return isZoomed ? zoom : { from: when.now - when.seconds, to: when.now };
  }, [when, zoom, isZoomed]);

  const narrow = () => setZoom(scaledWindow(span, 0.5, span.to, { from: when.now - when.seconds, to: when.now }, when.step));
  const widen = () => {
    setZoom(null);
    zoomIn.current?.focus();
  };

  return (
    <figure
      ref={figure}
      aria-label={view.title}
      aria-busy={state === "waiting" || shown?.isBusy}
      data-chart={view.key}
      data-state={state}
      className="@container relative m-0 min-w-0"
    >
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 @lg:grid-cols-[minmax(0,1fr)_minmax(0,2fr)_auto]">
        <p className="h-7 truncate text-xs leading-7 font-medium">{view.title}</p>
        {hasLegend && <ChartLegend lines={lines} compare={Boolean(drawn?.compare)} seconds={when?.seconds} />}
        <div className="flex h-7 items-center gap-1">
          {isZoomed && hasPicture && (
            <Tool look="border-line-strong font-medium text-accent" onClick={widen}>
              Reset zoom
            </Tool>
          )}
          <Tool ref={zoomIn} aria-label="Zoom in" disabled={!canZoom} onClick={narrow} className="grid w-6 place-items-center disabled:invisible">
            <svg aria-hidden="true" width="14" height="14" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round">
              <path d="M21 21l-4.3-4.3M18 11a7 7 0 1 1-14 0 7 7 0 0 1 14 0M11 8v6M8 11h6" />
            </svg>
          </Tool>
          {needsTable && (
            <a href={fileAddress(range, view.lines.map(({ key }) => key), drawn.compare)} download="" className="rounded-md px-1.5 text-xs text-muted hover:bg-track hover:text-fg">
              CSV<span className="sr-only">{` of ${view.title}`}</span>
            </a>
          )}
          <Tool aria-pressed={needsTable} disabled={Boolean(blank)} onClick={() => setTable(!isTable)} className="disabled:hover:bg-transparent">
            <svg aria-hidden="true" width="14" height="14" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" className={compact ? "" : "@2xs:hidden"}>
              <path d="M4 5h16v14H4zM4 10h16M4 15h16M12 10v9" />
            </svg>
            <span className={compact ? "sr-only" : "@max-2xs:sr-only"}>Show as table</span>
          </Tool>
        </div>
      </div>
      <div ref={place} style={{ height }} className={`relative ${drawn?.isBusy ? "opacity-50" : ""}`}>
        {blank}
        {needsTable && <ChartTable title={view.title} lines={lines} shown={drawn} when={when} />}
        {hasPicture && drawn.Plot && width > 0 && (
          <drawn.Plot id={id} group={`${sync}/${range}`} lines={lines} shown={drawn} when={when} window={span} height={height} kind={kind} onZoom={setZoom} isZoomed={isZoomed} figure={figure} />
        )}
        {drawn?.error && <Trouble error={drawn.error} className="absolute top-1 right-5 rounded-sm bg-warn-bg px-2 text-xs text-warn" />}
      </div>
      <figcaption className={compact ? "sr-only" : CAPTION}>{drawn && caption(lines, drawn.view, when)}</figcaption>
    </figure>
  );
}
