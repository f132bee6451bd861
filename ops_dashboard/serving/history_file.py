"""The past of the page's numbers as a file: a row for each time, a column for each series."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response

from ops_dashboard.serving.csv_file import MEDIA_TYPE, csv_file, iso_moment
from ops_dashboard.serving.json_answer import NO_STORE


def history_file(known: Mapping[str, Any]) -> Response:
    """What ``/api/history`` knows as CSV: the mean of each interval, empty where nothing was read."""
    columns = [
        (f"{key}{' before' if part == 'previous' else ''}", _means(series[part]))
        for key, series in known["series"].items()
        for part in ("points", "previous")
        if series[part] is not None
    ]
    moments = sorted({at for _, means in columns for at in means})
    content = csv_file(
        ["Time (UTC)", *(heading for heading, _ in columns)],
        ([iso_moment(at), *(means.get(at) for _, means in columns)] for at in moments),
    )
    name = f"history-{known['range']}-{datetime.fromtimestamp(known['at'], UTC):%Y%m%dT%H%M%SZ}.csv"
    headers = {**NO_STORE, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


def _means(points: list[list[float] | None]) -> dict[float, float]:
    return {point[0]: point[1] for point in points if point is not None}
