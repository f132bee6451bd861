// Which line is which.
import { FAINT } from "$/public/ops_chart_look";

const PERIODS = { 3600: "the hour before", 21600: "the 6 hours before", 86400: "the day before", 604800: "the week before" };

/** A short piece of a line as it is drawn. */
export function Sample({ stroke, dash, width = 2 }) {
  return (
    <svg aria-hidden="true" width="18" height="8" className="shrink-0">
      <line x1="0" x2="18" y1="4" y2="4" stroke={stroke} strokeWidth={width} strokeDasharray={dash} />
    </svg>
  );
}

function Entry({ label, children }) {
  return (
    <li className="flex max-w-48 min-w-10 items-center gap-1.5" title={label}>
      {children}
      <span className="truncate">{label}</span>
    </li>
  );
}

/** `seconds`: the length of the range. */
export function ChartLegend({ lines, compare, seconds }) {
  return (
    <ul aria-label="Legend" className="order-last col-span-full flex h-5 min-w-0 items-center gap-x-3.5 overflow-hidden text-xs text-muted @lg:order-none @lg:col-span-1 @lg:justify-end">
      {lines.map(({ label, stroke, dash }, i) => (
        <Entry key={i} label={label}>
          <Sample stroke={stroke} dash={dash} />
        </Entry>
      ))}
      {compare && (
        <Entry label={PERIODS[seconds] ?? "the period before"}>
          <Sample stroke={FAINT} dash="" width={1} />
        </Entry>
      )}
    </ul>
  );
}
