"""The helper that every panel of plain figures is made with."""

from collections.abc import Iterable, Sized
from dataclasses import fields
from typing import Any, TypeVar

from ops_dashboard.domain.metrics.collections import total_of
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.status import TROUBLED, Status
from ops_dashboard.domain.views.figure import Figure, Panel
from ops_dashboard.domain.views.specs import Spec, as_last_known, figure, freshness

P = TypeVar("P", bound=Panel)


def figures(specs: Iterable[Spec], snapshot: Snapshot) -> tuple[Figure, ...]:
    """One figure for each row of a table, without the optional ones that have no value."""
    shown = ((spec, figure(spec, snapshot)) for spec in specs)
    return tuple(f for spec, f in shown if f.text or not spec.optional)


def size(collection: Sized | None) -> float | None:
    """How many entries a reported map or list has; None when it was not reported."""
    return None if collection is None else total_of(collection)


def panel(
    key: str,
    title: str,
    snapshot: Snapshot,
    source: str,
    shown: tuple[Figure, ...],
    *,
    status: Status | None = None,
    message: str = "",
) -> Panel:
    """A panel that lives on ``source``; one that does not apply or fails says so, with the backend's reason.

    HTTP 200 is not well: without a ``status`` of its own the panel takes over a bad word of the answer.
    """
    state = snapshot.sources.get(source)
    report = state.value if state else None
    said = getattr(report, "status", None)
    if said is Status.NOT_APPLICABLE or (status is None and said in TROUBLED):
        status = said
        message = message or getattr(report, "message", None) or ""
    return Panel(
        key=key,
        title=title,
        status=status.value if status else "",
        status_word=status.word if status else "",
        message=as_last_known(message, snapshot.display(source)),
        freshness=freshness(snapshot, source),
        figures=shown,
    )


def extended(kind: type[P], plain: Panel, **more: Any) -> P:
    """``plain`` as a panel of ``kind``, with ``more`` in the fields that it has beyond it."""
    return kind(**{field.name: getattr(plain, field.name) for field in fields(Panel)}, **more)
