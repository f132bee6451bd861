// The values at one moment. Stands under the picture (over it where the window ends), so that the lines stay in sight
// and a pointer that goes straight to it does not change the moment.
import { useLayoutEffect, useRef, useState } from "react";
import { FAINT } from "$/public/ops_chart_look";
import { Sample } from "$/public/ops_chart_legend";
import { markText, spreadText, valueText, zoned } from "$/public/ops_chart_text";

function Row({ sample, label, point, view }) {
  const spread = spreadText(point, view);
  return (
    <div className="flex items-center gap-2" data-value={point?.[1]}>
      {sample}
      <dt className="min-w-0 truncate text-muted">{label}</dt>
      <dd className="ml-auto pl-3 font-medium whitespace-nowrap">
        {valueText(point, view)}
        {spread && <span className="font-normal text-muted">{` (${spread})`}</span>}
      </dd>
    </div>
  );
}

/** `x`: where the crosshair is, px. `lines` have the `point` there and the one of the `past` period. */
export function ChartTooltip({ t, x, lines, marks, view, when, hasKeys }) {
  const box = useRef(null);
  const [place, setPlace] = useState({ left: 0, isOver: false });
  useLayoutEffect(() => {
    const around = box.current.offsetParent;
    const { top, bottom } = around.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = box.current;
    const left = Math.round(Math.min(Math.max(0, x - width / 2), Math.max(0, around.offsetWidth - width)));
    const isOver = bottom + height > window.innerHeight && top - height > 0;
    setPlace((old) => (old.left === left && old.isOver === isOver ? old : { left, isOver }));
  }, [x, t, lines]);
  return (
    <div
      ref={box}
      role="tooltip"
      style={{ left: place.left }}
      className={`absolute z-20 w-max max-w-full rounded-lg border border-line-strong bg-raised px-3 py-2 text-xs text-fg shadow-pop sm:max-w-96 ${place.isOver ? "bottom-full" : "top-full"}`}
    >
      <p className="mb-1 font-medium">{zoned(t, when)}</p>
      <dl className="grid gap-0.5">
        {lines.map(({ label, stroke, dash, point }, i) => (
          <Row key={i} sample={<Sample stroke={stroke} dash={dash} />} label={label} point={point} view={view} />
        ))}
        {lines.map(
          ({ label, dash, past }, i) =>
            past && <Row key={`past ${i}`} sample={<Sample stroke={FAINT} dash={dash} width={1} />} label={`${label} before`} point={past} view={view} />,
        )}
      </dl>
      {marks.map((mark, i) => (
        <p key={i} className="mt-1 text-warn">
          {markText(mark)}
        </p>
      ))}
      {hasKeys && <p className="mt-1 text-muted">← → move · + − zoom · Esc closes</p>}
    </div>
  );
}
