// How a chart is read and zoomed: by mouse, by keyboard and by touch. Lies over the picture and never redraws it.
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { cursors } from "$/public/ops_chart_cursor";
import { marksAt, pointAt, snapped, timesOf } from "$/public/ops_chart_model";
import { spoken } from "$/public/ops_chart_text";
import { ChartTooltip } from "$/public/ops_chart_tooltip";
import { scaledWindow, windowBetween } from "$/public/ops_chart_zoom";

const DRAG_PX = 6;
const TAP_PX = 10;
const HINT = "Left and right arrow move from point to point, Home and End to the first and the last. Plus and minus zoom, Escape closes.";
const MOVES = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -Infinity, End: Infinity };
const ZOOMS = { "+": 0.5, "=": 0.5, "-": 2 };

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

function Crosshair({ scale, x, t, lines }) {
  const { box, low, high } = scale;
  return (
    <svg aria-hidden="true" data-crosshair={t} className="pointer-events-none absolute inset-0 size-full">
      <line x1={x} x2={x} y1={box.top} y2={box.top + box.height} stroke="var(--muted)" strokeWidth="1" />
      {lines.map(({ points, stroke }, i) => {
        const point = pointAt(points, t);
        const y = point && box.top + box.height * (1 - (point[1] - low) / (high - low));
        return point && <circle key={i} cx={x} cy={y} r="3.5" fill={stroke} stroke="var(--surface)" strokeWidth="1.5" />;
      })}
    </svg>
  );
}

export function ChartPointer({ id, group, scale, lines, marks, shown, when, onZoom, isZoomed, figure }) {
  const { box, from, to } = scale;
  const { step } = when;
  const whole = { from: when.now - when.seconds, to: when.now };
  const surface = useRef(null);
  const press = useRef(null); // where the button or the finger went down, px
  const [drag, setDrag] = useState(null); // the other end of the stretch being drawn, px
  const cursor = useSyncExternalStore(cursors.subscribe, () => cursors.read(group));
  const times = useMemo(() => timesOf(lines, { from, to }), [lines, from, to]);

  const isMine = cursor.owner === id && cursor.t !== null;
  const t = cursor.t === null ? null : snapped(times, cursor.t, step);
  const isSeen = t !== null && t >= from && t <= to;
  const x = isSeen ? box.left + (box.width * (t - from)) / (to - from) : 0;

  const put = (at, by, isPinned) => cursors.put(group, { owner: id, t: at, by, isPinned });
  const drop = () => cursors.drop(group, id);
  const across = (event) => clamp(event.clientX - surface.current.getBoundingClientRect().left, box.left, box.left + box.width);
  const timeAt = (px) => from + ((px - box.left) / box.width) * (to - from);
  const nearest = (event) => snapped(times, timeAt(across(event)), step);

  const down = (event) => {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    press.current = { x: across(event), y: event.clientY };
    if (event.pointerType === "mouse") event.currentTarget.setPointerCapture(event.pointerId);
  };
  const move = (event) => {
    const isMouse = event.pointerType === "mouse";
    const px = across(event);
    const isDragged = press.current && Math.abs(px - press.current.x) > (isMouse ? DRAG_PX : TAP_PX);
    if (isMouse && (drag !== null || isDragged)) setDrag(px);
    else if (isMouse ? !(isMine && cursor.isPinned) : isDragged) put(nearest(event), event.pointerType, !isMouse);
  };
  const up = (event) => {
    const began = press.current;
    press.current = null;
    setDrag(null);
    if (!began) return;
    if (drag !== null) {
      drop();
      onZoom(windowBetween(timeAt(began.x), timeAt(across(event)), whole, step));
    } else if (Math.hypot(across(event) - began.x, event.clientY - began.y) <= TAP_PX) {
      const at = nearest(event);
      if (isMine && cursor.isPinned && cursor.t === at) drop();
      else put(at, event.pointerType, true);
    }
  };
  const cancel = () => {
    press.current = null;
    setDrag(null);
  };

  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (key === "Escape" && isZoomed) onZoom(null);
    else if (event.target !== surface.current) return;
    else if (key in MOVES && times.length) {
      const at = isMine ? times.findLastIndex((time) => time <= t) : times.length;
      put(times[clamp(at + MOVES[key], 0, times.length - 1)], "keyboard", true);
    } else if (key in ZOOMS) onZoom(scaledWindow({ from, to }, ZOOMS[key], isMine ? clamp(t, from, to) : to, whole, step));
    else return;
    event.preventDefault();
    event.stopPropagation(); // the page and the dialog around it have keys of their own
  };
  const onEscape = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    cancel();
    drop();
  };
  const onPressElsewhere = (event) => {
    if (!figure.current?.contains(event.target)) drop();
  };
  const handlers = useRef({});
  useEffect(() => {
    handlers.current = { onKey, onEscape, onPressElsewhere, drop };
  });

  // Listened to at the elements themselves, before whatever listens at the document.
  useEffect(() => {
    const element = figure.current;
    const listen = (event) => handlers.current.onKey(event);
    element.addEventListener("keydown", listen);
    return () => element.removeEventListener("keydown", listen);
  }, [figure]);
  const isOpen = isMine || drag !== null;
  useEffect(() => {
    if (!isOpen) return undefined;
    const escape = (event) => handlers.current.onEscape(event);
    const press_ = (event) => handlers.current.onPressElsewhere(event);
    window.addEventListener("keydown", escape, true);
    window.addEventListener("pointerdown", press_, true);
    return () => {
      window.removeEventListener("keydown", escape, true);
      window.removeEventListener("pointerdown", press_, true);
    };
  }, [isOpen]);
  useEffect(() => () => handlers.current.drop(), [group]);

  const reading = isMine && isSeen && {
    lines: lines.map((line) => ({ ...line, point: pointAt(line.points, t), past: pointAt(line.before, t) })),
    marks: marksAt(marks, t, step),
  };
  return (
    <div className="absolute inset-0" onPointerLeave={(event) => event.pointerType === "mouse" && !cursor.isPinned && drop()}>
      <div
        ref={surface}
        tabIndex={0}
        role="application"
        aria-roledescription="chart"
        aria-label={`${shown.view.title}, point by point`}
        aria-describedby={`${id}hint`}
        className="absolute inset-0 cursor-crosshair touch-pan-y touch-pinch-zoom rounded-md"
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={cancel}
        onFocus={() => surface.current.matches(":focus-visible") && times.length && !isMine && put(times.at(-1), "keyboard", true)}
        onBlur={() => isMine && cursor.by === "keyboard" && drop()}
      />
      {isSeen && (isMine || times.includes(t)) && <Crosshair scale={scale} x={x} t={t} lines={lines} />}
      {drag !== null && press.current && (
        <div className="pointer-events-none absolute border-x border-accent bg-accent/15" style={{ top: box.top, height: box.height, left: Math.min(press.current.x, drag), width: Math.abs(drag - press.current.x) }} />
      )}
      {reading && drag === null && <ChartTooltip {...reading} t={t} x={x} view={shown.view} when={when} hasKeys={cursor.by === "keyboard"} />}
      <p id={`${id}hint`} hidden>
        {HINT}
      </p>
      <p aria-live="polite" className="sr-only">
        {reading && cursor.by === "keyboard" ? spoken(t, reading.lines, reading.marks, shown.view, when) : ""}
      </p>
    </div>
  );
}
