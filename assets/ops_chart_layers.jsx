// What stands in the picture of a chart, from the back to the front: spans of marks, lines, threshold, dots, marks.
import { Area, Line, ReferenceArea, ReferenceDot, ReferenceLine } from "recharts";
import { FAINT, markLook } from "$/public/ops_chart_look";
import { lonePoints, spansOf } from "$/public/ops_chart_model";
import { timeLabel } from "$/public/ops_chart_scale";

const TEXT = { fontSize: 11, fill: "var(--muted)" };
const STILL = { isAnimationActive: false, dot: false, activeDot: false, legendType: "none", type: "linear" };
const SHAPES = { warning: "M0 -6L6 5H-6Z", critical: "M-5 -5H5V5H-5Z", info: "M0 -6L6 0L0 6L-6 0Z" };

// Rows name their values by plain strings: with a function for a key Recharts would start over at every turn.
const now = (i) => `now${i}`;
const before = (i) => `before${i}`;
const band = (i) => `band${i}`;

/** The columns of the rows: {name: entries}. */
export const columnsOf = (lines) =>
  Object.fromEntries(lines.flatMap((line, i) => [[now(i), line.points], [before(i), line.before]]));

/** A row as Recharts takes it: {t, now0, before0, band0: [low, high], …}. */
export function valuesOf(row, lines) {
  const values = { t: row.t };
  lines.forEach((line, i) => {
    const point = row[now(i)];
    values[now(i)] = point?.[1];
    values[before(i)] = row[before(i)]?.[1];
    if (line.isMain) values[band(i)] = point && [point[2], point[3]];
  });
  return values;
}

// Recharts' own texts at the ticks measure themselves in the document, which costs a layout each.
export function TimeTick({ x, y, payload, zone }) {
  return (
    <text x={x} y={y + 9} textAnchor="middle" {...TEXT}>
      {timeLabel(payload.value, zone)}
    </text>
  );
}

export function ValueTick({ x, y, payload, texts }) {
  return (
    <text x={x} y={y + 4} textAnchor="end" {...TEXT}>
      {texts.get(payload.value)}
    </text>
  );
}

/** The times during which something was marked, as shaded spans. */
export function Spans({ marks, window }) {
  return spansOf(marks, window).map(({ kind, from, to }, i) => (
    <ReferenceArea key={i} x1={from} x2={to} fill={markLook(kind).colour} fillOpacity={0.1} ifOverflow="hidden" />
  ));
}

// One point alone would be drawn as a dot.
const hasBand = ({ isMain, points }) => isMain && points.filter(Boolean).length > 1;

/** The lines: low–high of the main one behind all, the period before, the present. */
export function Lines({ lines, compare, kind }) {
  const Shape = kind === "area" ? Area : Line;
  return (
    <>
      {lines.map((line, i) => hasBand(line) && <Area key={i} {...STILL} dataKey={band(i)} stroke="none" fill={line.stroke} fillOpacity={0.16} />)}
      {compare && lines.map(({ dash }, i) => <Line key={i} {...STILL} dataKey={before(i)} stroke={FAINT} strokeWidth={1} strokeDasharray={dash} />)}
      {lines.map(({ stroke, dash }, i) => (
        <Shape key={i} {...STILL} dataKey={now(i)} stroke={stroke} strokeWidth={2} strokeDasharray={dash} fill={stroke} fillOpacity={0.14} />
      ))}
    </>
  );
}

function ThresholdLabel({ viewBox, text, isRight }) {
  const isAtTop = viewBox.y < 26;
  const x = isRight ? viewBox.x + viewBox.width - 6 : viewBox.x + 6;
  return (
    <text x={x} textAnchor={isRight ? "end" : "start"} y={viewBox.y + (isAtTop ? 14 : -5)} fontSize="11" fill="var(--crit)" stroke="var(--surface)" strokeWidth="3" paintOrder="stroke">
      {text}
    </text>
  );
}

/** One level; of two the second `isRight`, so that their labels do not meet. */
export function Threshold({ at, label, isRight }) {
  return <ReferenceLine y={at} stroke="var(--crit)" strokeDasharray="2 4" label={<ThresholdLabel text={label} isRight={isRight} />} />;
}

/** Points without neighbours, to which no line leads. */
export function LonePoints({ lines }) {
  return lines.flatMap(({ points, stroke }, i) =>
    lonePoints(points).map(([t, value]) => <ReferenceDot key={`${i} ${t}`} x={t} y={value} r={2.5} fill={stroke} stroke="none" ifOverflow="hidden" />),
  );
}

function MarkShape({ cx, cy, kind }) {
  const look = { fill: "var(--surface)", stroke: markLook(kind).colour, strokeWidth: 2 };
  if (!SHAPES[kind]) return <circle cx={cx} cy={cy} r="4.5" {...look} />;
  return <path d={SHAPES[kind]} transform={`translate(${cx} ${cy})`} {...look} />;
}

/** Marks on their lines: a ring for an anomaly, other shapes for the severities. */
export function Marks({ marks }) {
  return marks.map(
    ({ point, kind }, i) => point && <ReferenceDot key={i} x={point[0]} y={point[1]} ifOverflow="hidden" shape={(at) => <MarkShape cx={at.cx} cy={at.cy} kind={kind} />} />,
  );
}
