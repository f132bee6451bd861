"""The alerts for machines: what is active now, and the history as a file."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ops_dashboard.domain.alerts.history import Filter, Page
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.views.alert_filter import filter_of_query
from ops_dashboard.serving.alert_exports import FORMATS, MOST_EXPORTED, exported, is_format
from ops_dashboard.serving.json_answer import NO_STORE, json_answer, refused
from ops_dashboard.storage.errors import StorageError

History = Callable[[Filter, int, int], Awaitable[Page]]
"""Incidents that a filter lets through, newest first: so many, after the first so many."""


def alert_routes(
    active: Callable[[], Any], history: History, rules: Callable[[], Sequence[Rule]]
) -> list[Route]:
    """Make the routes /api/alerts and /api/alerts/export.

    Args:
        active: the open alerts as the page shows them.
        history: the incidents of the database. May raise StorageError.
        rules: the rules as they hold now; they give the values their units.
    """

    async def newest(_: Request) -> Response:
        return json_answer(active())

    async def export(request: Request) -> Response:
        kind = request.query_params.get("format", "")
        if not is_format(kind):
            return refused(f"format must be one of {', '.join(FORMATS)}.")
        wanted = filter_of_query(request.query_params).stored
        try:
            found = await history(wanted, 0, MOST_EXPORTED)
        except StorageError as error:
            return refused(str(error), status=503)
        file = exported(found.rows, rules(), kind)
        headers = {**NO_STORE, "Content-Disposition": f'attachment; filename="{file.name}"'}
        return Response(file.content, media_type=file.media_type, headers=headers)

    return [Route("/api/alerts", newest), Route("/api/alerts/export", export)]
