// The same values as the picture's, as a table: newest first, times without data as rows of their own.
import { placedMarks, marksAt, tableRows } from "$/public/ops_chart_model";
import { markText, moment, interval, spreadText, timeHeading, valueText } from "$/public/ops_chart_text";

const CELL = "py-1 pl-3 text-right whitespace-nowrap";

function Value({ point, view, marks }) {
  const spread = spreadText(point, view);
  return (
    <td className={CELL} data-value={point?.[1]}>
      {point ? valueText(point, view) : <span className="text-muted">–</span>}
      {spread && <span className="block text-xs text-muted">{spread}</span>}
      {marks.map((mark, i) => (
        <span key={i} className="block text-xs whitespace-normal text-warn">
          {markText(mark)}
        </span>
      ))}
    </td>
  );
}

/** `shown`: the drawn state of the chart; fills the height of the picture and scrolls within it. */
export function ChartTable({ title, lines, shown, when }) {
  const { view } = shown;
  const from = when.now - when.seconds;
  const marks = placedMarks(shown.marks, lines, { from, to: when.now }, when);
  const rows = tableRows(lines, { from, now: when.now, step: when.step });
  const columns = lines.flatMap(({ label }) => (shown.compare ? [label, `${label} before`] : [label]));
  return (
    <div role="region" aria-label={`${title}, table`} tabIndex={0} className="h-full overflow-auto rounded-md border border-line">
      <table className="w-full border-collapse text-sm @max-2xs:text-xs">
        <caption className="sr-only">{title}</caption>
        <thead className="text-xs text-muted">
          <tr>
            <th scope="col" className="sticky top-0 bg-surface px-3 py-1 text-left font-medium whitespace-nowrap @max-2xs:px-2">
              {timeHeading(when)}
            </th>
            {columns.map((label, i) => (
              <th key={i} scope="col" title={label} className="sticky top-0 max-w-40 truncate bg-surface py-1 pl-3 text-right font-medium last:pr-3">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line [&_td:last-child]:pr-3">
          {rows.map((row) =>
            row.t === undefined ? (
              <tr key={`gap ${row.from}`}>
                <td colSpan={columns.length + 1} className="px-3 py-1 text-muted">
                  {`no data from ${moment(row.from, when)} to ${moment(row.to, when)}`}
                </td>
              </tr>
            ) : (
              <tr key={row.t} data-at={row.t}>
                <th scope="row" className="px-3 py-1 text-left font-normal whitespace-nowrap @max-2xs:px-2">
                  {interval(row.t, when)}
                </th>
                {lines.flatMap((line, i) => [
                  <Value
                    key={i}
                    point={row.points[i]}
                    view={view}
                    marks={marksAt(marks.filter((mark) => mark.line === line), row.t, when.step)}
                  />,
                  ...(shown.compare ? [<Value key={`before ${i}`} point={row.before[i]} view={view} marks={[]} />] : []),
                ])}
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}
