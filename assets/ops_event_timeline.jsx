// The latest events of the bus, newest first. They stand still while somebody reads: under the mouse, with the focus.
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { covered, eventsOf, newer, ofType, typeOf, typesOf } from "$/public/ops_event_list";
import { usePlace } from "$/public/ops_place";
import { shownText, titleText } from "$/public/ops_table_cell";
import { useCopied, useRows } from "$/public/ops_table_hooks";
import { addressOf, troubleText } from "$/public/ops_table_rows";
import { Time, useTick, useZone } from "$/public/ops_time";
import { quantity } from "$/public/ops_units";

const NONE = [];
const WITH_ROWS = ["value", "stale"];
const FIELD = "h-6 w-40 min-w-0 rounded-md border border-faint bg-raised px-1 text-xs text-fg disabled:border-line";
const LINK = "grid h-6 shrink-0 place-items-center rounded-md px-1.5 text-xs text-muted hover:bg-track hover:text-fg";

function Trouble({ error, zone }) {
  return useTick((t) => troubleText(error, t, zone), "");
}

function Chevron({ isOpen }) {
  return (
    <svg aria-hidden="true" width="12" height="12" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2.25" className={`shrink-0 transition-transform ${isOpen ? "rotate-90" : ""}`}>
      <path d="m9 6 6 6-6 6" />
    </svg>
  );
}

function Details({ id, event, copied, onCopy }) {
  const isCopied = copied?.text === event.details && copied?.isCopied;
  return (
    <div id={id} className="relative px-3 pb-2">
      <pre tabIndex={0} role="region" aria-label={`Details of ${typeOf(event)}`} className="max-h-48 overflow-auto rounded-md bg-track p-2 pr-16 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]">
        {event.details ?? "No details reported."}
      </pre>
      {event.details && (
        <button type="button" onClick={() => onCopy(event.details)} className="absolute top-1.5 right-4.5 h-6 rounded-md border border-line-strong bg-raised px-1.5 text-xs hover:bg-track">
          {isCopied ? "Copied" : "Copy"}
        </button>
      )}
    </div>
  );
}

function Event({ event, isOpen, onToggle, copied, onCopy }) {
  const id = useId();
  const type = typeOf(event);
  return (
    <li data-event={type} className="border-b border-line last:border-b-0">
      <button type="button" aria-expanded={isOpen} aria-controls={isOpen ? id : undefined} onClick={onToggle} className="flex min-h-7 w-full items-center gap-2 px-2 text-left text-xs -outline-offset-2 hover:bg-track">
        <Chevron isOpen={isOpen} />
        <span className="min-w-20 shrink-0 whitespace-nowrap text-muted">{event.at === null ? "no time" : <Time at={event.at} mode="absolute" />}</span>
        <span className="min-w-0 flex-1 truncate" title={titleText(type)}>
          {shownText(type)}
        </span>
        {event.priority && event.priority.toUpperCase() !== "NORMAL" && (
          <span className="shrink-0 rounded-sm border border-current px-1 text-[0.6875rem] leading-4 text-muted">{shownText(event.priority).toLowerCase()}</span>
        )}
      </button>
      {isOpen && <Details id={id} event={event} copied={copied} onCopy={onCopy} />}
    </li>
  );
}

/** What stands in the place of the events; null where they are drawn. */
function standIn({ view, rows, error, zone }) {
  if (!WITH_ROWS.includes(view.display)) return view.note || null;
  if (rows?.length === 0) return view.empty;
  return !rows && error ? <Trouble error={error} zone={zone} /> : null;
}

function coverage(events) {
  const seconds = covered(events);
  if (seconds === null) return `${events.length} events`;
  const { text, unit } = quantity(seconds, "duration");
  return `${events.length} events in ${text} ${unit}`;
}

/** `view`: the TableView of the events. `height`: of the list, px. */
export function EventTimeline({ view, height = 240 }) {
  const title = useId();
  const place = useRef(null);
  const zone = useZone();
  const { isNear } = usePlace(place);
  const loaded = useRows(view, "", isNear);
  const [type, setType] = useState("");
  const [open, setOpen] = useState(null);
  const [reading, setReading] = useState({ mouse: false, focus: false });
  const [held, setHeld] = useState(NONE);
  const [copied, onCopy] = useCopied();

  const latest = useMemo(() => (loaded.rows ? eventsOf(loaded.columns, loaded.rows) : NONE), [loaded.columns, loaded.rows]);
  const isRead = reading.mouse || reading.focus;
  useEffect(() => {
    if (!isRead) setHeld(latest);
  }, [isRead, latest]);
  const events = isRead && held.length ? held : latest;
  const waiting = useMemo(() => (isRead ? newer(latest, events) : 0), [isRead, latest, events]);
  const types = useMemo(() => typesOf(events), [events]);
  const shown = useMemo(() => ofType(events, type), [events, type]);

  const blank = standIn({ view, rows: loaded.rows, error: loaded.error, zone });
  const isReady = loaded.rows !== null && blank === null;
  const choices = type && !types.some(([name]) => name === type) ? [...types, [type, 0]] : types;
  const mouse = (isOver) => (event) => event.pointerType !== "touch" && setReading((now) => ({ ...now, mouse: isOver }));

  return (
    <div data-timeline={view.key} data-state={isReady ? "ready" : blank === null ? "waiting" : "empty"} data-paused={isRead && isReady} className="min-w-0">
      <div className="mb-1 flex min-h-7 flex-wrap items-center gap-x-2 text-xs">
        <p id={title} className="font-medium">
          {view.title}
        </p>
        {isReady && <p className="whitespace-nowrap text-muted">{coverage(shown)}</p>}
        <p className="whitespace-nowrap text-muted">{isReady && isRead && (waiting ? `Paused, ${waiting} newer` : "Paused")}</p>
        {isReady && (
          <div className="ml-auto flex min-w-0 items-center gap-1">
            <select aria-label="Event type" value={type} onChange={(event) => setType(event.target.value)} className={FIELD}>
              <option value="">All types</option>
              {choices.map(([name, count]) => (
                <option key={name} value={name}>{`${shownText(name)} (${count})`}</option>
              ))}
            </select>
            <a href={addressOf(view.key, "", "csv")} download="" title="All of these events as a file" className={LINK}>
              <span>
                CSV<span className="sr-only">{` of ${view.title}`}</span>
              </span>
            </a>
          </div>
        )}
      </div>
      <div
        ref={place}
        style={{ height }}
        onPointerEnter={mouse(true)}
        onPointerLeave={mouse(false)}
        onFocus={() => setReading((now) => ({ ...now, focus: true }))}
        onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setReading((now) => ({ ...now, focus: false }))}
      >
        {isReady ? (
          <ol aria-labelledby={title} className="h-full overflow-auto rounded-md border border-line">
            {shown.map((event) => (
              <Event key={event.id} event={event} isOpen={open === event.id} onToggle={() => setOpen(open === event.id ? null : event.id)} copied={copied} onCopy={onCopy} />
            ))}
            {shown.length === 0 && <li className="px-3 py-4 text-center text-muted">No event of this type among the latest.</li>}
          </ol>
        ) : (
          <div aria-busy={blank === null} className="grid h-full place-items-center rounded-md border border-line px-4 text-center text-sm text-muted [overflow-wrap:anywhere]">
            {blank ?? <span className="skeleton block h-3 w-1/2" aria-hidden="true" />}
          </div>
        )}
      </div>
      <p role="status" className="sr-only">
        {copied && (copied.isCopied ? "Copied." : "Could not be copied.")}
      </p>
    </div>
  );
}
