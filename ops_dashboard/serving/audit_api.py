"""The audit as a file. That only operators get it, the access guard sees to."""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from pydantic_core import to_json
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ops_dashboard.domain.audit import AuditEntry, AuditQuery
from ops_dashboard.domain.views.audit import action_word, filter_of_query
from ops_dashboard.serving.alert_exports import FORMATS, ExportedFile, Format, is_format
from ops_dashboard.serving.csv_file import MEDIA_TYPE, csv_rows, csv_start, iso_moment
from ops_dashboard.serving.json_answer import NO_STORE, refused
from ops_dashboard.storage.errors import StorageError

Pages = Callable[[AuditQuery], AsyncIterator[Sequence[AuditEntry]]]
"""All rows that are looked for, newest first, some at a time. May raise StorageError."""

_COLUMNS = ("at", "by", "action", "action_words", "target", "outcome", "sentence")


def audit_routes(pages: Pages) -> list[Route]:
    """Make the route /api/audit."""

    async def export(request: Request) -> Response:
        kind = request.query_params.get("format", "")
        if not is_format(kind):
            return refused(f"format must be one of {', '.join(FORMATS)}.")
        try:
            file = await exported(pages(filter_of_query(request.query_params).stored), kind)
        except StorageError as error:
            return refused(str(error), status=503)
        headers = {**NO_STORE, "Content-Disposition": f'attachment; filename="{file.name}"'}
        return Response(file.content, media_type=file.media_type, headers=headers)

    return [Route("/api/audit", export)]


async def exported(pages: AsyncIterator[Sequence[AuditEntry]], kind: Format) -> ExportedFile:
    """Every row, moments as ISO 8601 in UTC. Written page by page, so that nothing else stands still meanwhile.

    Whole before it is sent: a file cannot say that its rest could not be read.
    """
    if kind == "json":
        parts = [part async for page in pages for part in [_as_json(page)] if part]
        return ExportedFile("audit.json", "application/json", b"[" + b",\n".join(parts) + b"]")
    parts = [csv_start(_COLUMNS), *[csv_rows(map(_values, page)) async for page in pages]]
    return ExportedFile("audit.csv", MEDIA_TYPE, b"".join(parts))


def _as_json(page: Sequence[AuditEntry]) -> bytes:
    return b",\n".join(to_json(dict(zip(_COLUMNS, _values(entry), strict=True))) for entry in page)


def _values(entry: AuditEntry) -> tuple[Any, ...]:
    word = action_word(entry.action)
    return iso_moment(entry.at), entry.by, entry.action, word, entry.target, entry.outcome, entry.sentence
