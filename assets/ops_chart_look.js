// How lines are told apart: by their dash as well as by their colour. Pure.

const DASHES = ["", "6 3", "2 3", "9 3 2 3"];
const SHADES = ["var(--s1)", "var(--s2)", "var(--s3)"]; // one hue, light to strong
const HUES = ["var(--c1)", "var(--c2)", "var(--c3)", "var(--c4)"];
const PERCENTILE = /^p\d+(\.\d+)?$/;

/** Percentiles share one hue from light to strong, a line alone has the middle of it, all else has hues of its own. */
export function looksOf(lines) {
  const graded = lines.length <= SHADES.length && lines.every(({ label }) => PERCENTILE.test(label));
  return lines.map((_, i) => {
    const stroke = lines.length === 1 ? SHADES[1] : graded ? SHADES[i] : HUES[i % HUES.length];
    const turn = graded ? i : i + Math.floor(i / HUES.length); // a colour that comes again has another dash
    return { stroke, dash: DASHES[turn % DASHES.length] };
  });
}

/** The line that the sentence speaks of and the low–high band belongs to: p95, or else the last. */
export function mainLine(lines) {
  const p95 = lines.findIndex(({ label }) => label === "p95");
  return p95 < 0 ? lines.length - 1 : p95;
}

export const FAINT = "var(--faint)"; // the period before

export const MARKS = {
  anomaly: { word: "Anomaly", colour: "var(--warn)" },
  warning: { word: "Warning", colour: "var(--warn)" },
  critical: { word: "Critical", colour: "var(--crit)" },
  info: { word: "Info", colour: "var(--info)" },
};
export const markLook = (kind) => MARKS[kind] ?? MARKS.info;
