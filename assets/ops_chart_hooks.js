// When a chart is drawn, and from what: near the screen only, one per frame, and Recharts only once it is needed.
import { useEffect, useRef, useState } from "react";
import { history, pauseAfter } from "$/public/ops_history";
import { turns } from "$/public/ops_chart_turns";
import { onTick, serverTime } from "$/public/ops_time";

// The part of the chart that needs Recharts: loaded once for all charts.
const plot = { state: { Plot: null, hasFailed: false }, listeners: new Set(), loading: false, failures: 0 };
const whenIdle = (run) => (window.requestIdleCallback ? window.requestIdleCallback(run, { timeout: 500 }) : setTimeout(run, 1));

function setPlot(state) {
  plot.state = state;
  plot.listeners.forEach((listener) => listener());
}

function loadPlot() {
  if (plot.loading || plot.state.Plot) return;
  plot.loading = true;
  whenIdle(async () => {
    try {
      const { ChartPlot } = await import("$/public/ops_chart_plot");
      setPlot({ Plot: ChartPlot, hasFailed: false });
    } catch (error) {
      plot.failures += 1;
      setPlot({ Plot: null, hasFailed: true });
      console.warn("The drawing part of the charts could not be loaded; tables are shown instead.", error);
      setTimeout(() => {
        plot.loading = false;
        loadPlot();
      }, pauseAfter(plot.failures));
    }
  });
}

function subscribePlot(listener) {
  plot.listeners.add(listener);
  return () => plot.listeners.delete(listener);
}

const keysOf = (view) => view.lines.map(({ key }) => key);

// What to draw now. While another range is on its way the drawn one stays; without any, there is nothing yet.
function picture(wanted, drawn) {
  const data = history.read(wanted.range);
  const keys = keysOf(wanted.view);
  const known = keys.filter((key) => data.series[key]);
  const { error } = data;
  const isReady = keys.length > 0 && known.length === keys.length;
  if (!isReady && !error && drawn?.data && keys.length > 0) return { ...drawn, isBusy: true };
  const shown = { ...wanted, ...plot.state, error, now: serverTime() / 1000, isBusy: false };
  return isReady || (error && known.length) ? { ...shown, data } : { ...shown, data: null, isBusy: !error && keys.length > 0 };
}

/**
 * What the chart shows, changed in its turn only: `wanted` ({view, range, compare, marks, zone, width}) with the
 * data, the moment, the loaded part. null until the first turn. Out of sight nothing changes.
 */
export function useShown(wanted, isNear) {
  const [shown, setShown] = useState(null);
  const latest = useRef(wanted);
  const { view, range, compare, marks, zone, width } = wanted;
  const keys = keysOf(view).join("\n");

  useEffect(() => {
    latest.current = wanted;
  });

  // The data are held out of sight too, so that one request brings the whole page's.
  const news = useRef(() => {});
  useEffect(() => {
    if (keys === "") return undefined;
    return history.subscribe({ range, keys: keys.split("\n"), previous: compare }, () => news.current());
  }, [range, keys, compare]);

  useEffect(() => {
    if (!isNear) return undefined;
    const me = {};
    let at = 0; // of the last picture, unix seconds
    const paint = () => {
      at = serverTime() / 1000;
      setShown((drawn) => picture(latest.current, drawn));
    };
    const ask = () => turns.take(me, paint);
    news.current = ask;
    ask();
    const stopPlot = subscribePlot(ask);
    // Time goes on without data as well.
    const stopClock = onTick(() => serverTime() / 1000 - at >= (history.read(latest.current.range).step || Infinity) && ask());
    return () => {
      news.current = () => {};
      stopPlot();
      stopClock();
      turns.leave(me);
    };
  }, [isNear, view, range, compare, marks, zone, width]);

  const isDrawable = isNear && Boolean(shown?.data);
  useEffect(() => {
    if (isDrawable) loadPlot();
  }, [isDrawable]);
  return shown;
}
