// The picture of a chart. With ops_chart_layers all that needs Recharts: loaded when the first chart comes near the screen.
import { memo, useEffect, useMemo, useState } from "react";
import { CartesianGrid, ComposedChart, XAxis, YAxis } from "recharts";
import { Lines, LonePoints, Marks, Spans, Threshold, TimeTick, ValueTick, columnsOf, valuesOf } from "$/public/ops_chart_layers";
import { extent, placedMarks, rowsOf, within } from "$/public/ops_chart_model";
import { ChartPointer } from "$/public/ops_chart_pointer";
import { reachOf, timeTicks, valueLabels, valueTicks } from "$/public/ops_chart_scale";
import { turns } from "$/public/ops_chart_turns";

const MARGIN = { top: 10, right: 18, bottom: 0, left: 0 };
const TIME_AXIS = 22;
const VALUE_TICK = 28; // px from one to the next, at least
const CHARACTER = 6.4; // px, of a tick's text
const WIDEST_AXIS = 88;
const AXIS = { type: "number", allowDataOverflow: true, interval: 0, tickLine: false, axisLine: false };

/** Everything that is drawn, computed: lines, rows of values, ticks. */
function drawing({ lines, shown, when, window, height }) {
  const { unit, thresholds } = shown.view;
  const cut = lines.map((line) => ({ ...line, points: within(line.points, window), before: within(line.before, window) }));
  const [low, high] = extent(cut);
  const reach = reachOf(high, thresholds, unit);
  const intervals = Math.floor((height - MARGIN.top - TIME_AXIS) / VALUE_TICK);
  const values = valueTicks(low, reach.high, unit, Math.min(5, Math.max(2, intervals)));
  const texts = valueLabels(values, unit);
  const longest = Math.max(3, ...texts.map((text) => text.length));
  const left = Math.min(WIDEST_AXIS, Math.ceil(longest * CHARACTER) + 10);
  return {
    lines: cut,
    rows: rowsOf(columnsOf(cut)).map((row) => valuesOf(row, cut)),
    thresholds: reach.inSight,
    values,
    texts: new Map(values.map((value, i) => [value, texts[i]])),
    left,
    times: timeTicks(window.from, window.to, shown.width - left - MARGIN.right, when.zone),
    marks: placedMarks(shown.marks, lines, window, when),
  };
}

// The first picture of a page runs code that nothing has run yet: its axes and its lines come in two turns.
let isWarm = false;

function useWarmUp() {
  const [isFull, setFull] = useState(isWarm);
  useEffect(() => {
    if (isFull) return undefined;
    const me = {};
    turns.take(me, () => {
      isWarm = true;
      setFull(true);
    });
    return () => turns.leave(me);
  }, [isFull]);
  return isFull;
}

const Picture = memo(function Picture({ shown, when, window, height, kind, drawn }) {
  const isFull = useWarmUp();
  const { lines, rows, values, times, marks } = drawn;
  const { view } = shown;
  return (
    <ComposedChart data={rows} width={shown.width} height={height} margin={MARGIN} accessibilityLayer={false}>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis {...AXIS} dataKey="t" domain={[window.from, window.to]} ticks={times} height={TIME_AXIS} tick={<TimeTick zone={when.zone} />} />
      <YAxis {...AXIS} domain={[values[0], values.at(-1)]} ticks={values} width={drawn.left} tick={<ValueTick texts={drawn.texts} />} />
      {isFull && <Spans marks={marks} window={window} />}
      {isFull && <Lines lines={lines} compare={shown.compare} kind={kind} />}
      {isFull && drawn.thresholds.map(({ value, label }, i) => <Threshold key={label} at={value} label={label} isRight={i % 2 === 1} />)}
      {isFull && <LonePoints lines={lines} />}
      {isFull && <Marks marks={marks} />}
    </ComposedChart>
  );
});

/** The picture and the layer that answers to mouse, keyboard and touch. `window`: {from, to} of the time axis. */
export function ChartPlot({ lines, shown, when, window, height, kind, ...pointing }) {
  const drawn = useMemo(() => drawing({ lines, shown, when, window, height }), [lines, shown, when, window, height]);
  const { left, values, marks } = drawn;
  const box = { left, top: MARGIN.top, width: shown.width - left - MARGIN.right, height: height - MARGIN.top - TIME_AXIS };
  const scale = { box, from: window.from, to: window.to, low: values[0], high: values.at(-1) };
  return (
    <>
      <div aria-hidden="true" className="overflow-hidden">
        <Picture {...{ shown, when, window, height, kind, drawn }} />
      </div>
      <ChartPointer {...pointing} scale={scale} lines={lines} marks={marks} shown={shown} when={when} />
    </>
  );
}
