"""Sparse embeddings: whether they can be generated, the run under way, the last one, and all that are known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ops_dashboard.domain.actions import RunState
from ops_dashboard.domain.embeddings.meaning import GENERATING
from ops_dashboard.domain.embeddings.run import EmbeddingRun
from ops_dashboard.domain.snapshot import Offer, Snapshot
from ops_dashboard.domain.units import Unit, duration, quantity
from ops_dashboard.domain.views.action import NOT_KNOWN_YET, OUT_OF_REACH, SHOWN_SECONDS, ActionView
from ops_dashboard.domain.views.embedding_progress import ProgressView, progress_view, what
from ops_dashboard.domain.views.figure import Figure, Panel
from ops_dashboard.domain.views.panels import extended, panel
from ops_dashboard.domain.views.specs import NOT_REPORTED, with_value, without_value
from ops_dashboard.domain.views.table import Cell, Column, TableSpec, TableView, table_view

_CALLS = "openapi"
_PROGRESS = "embedding_jobs"
_WORDS: dict[RunState, str] = {
    "running": "running",
    "done": "completed",
    "failed": "failed",
    "unknown": "outcome unknown",
}
_TONES: dict[RunState, str] = {"failed": "crit", "unknown": "warn"}


def _rows(snapshot: Snapshot) -> tuple[Sequence[tuple[Cell, ...]], float]:
    known = snapshot.embeddings
    return [_row(run) for run in known.runs], known.changed_at


def _row(run: EmbeddingRun) -> tuple[Cell, ...]:
    details = " ".join(filter(None, (run.ending.sentence, run.ending.advice)))
    return (
        run.began_at,
        _WORDS[run.state],
        run.seconds,
        run.processed,
        run.total,
        what(run),
        run.by,
        details or None,
    )


EMBEDDING_RUNS = TableSpec(
    "embedding_runs",
    "Runs",
    "",
    (
        Column("began_at", "Started", "moment"),
        Column("outcome", "Outcome"),
        Column("seconds", "Took", "number", "duration"),
        Column("processed", "Processed", "number", "count"),
        Column("total", "Of", "number", "count"),
        Column("what", "Asked for"),
        Column("by", "By"),
        Column("details", "Details"),
    ),
    lambda _: None,
    sort="began_at",
    empty="No run was started from here yet.",
    own=_rows,
)


@dataclass(frozen=True, slots=True)
class LastRun:
    """The newest run that has ended; ``at`` is when it began, unix seconds, 0 where there is none."""

    at: float = 0.0
    by: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class EmbeddingsPanel(Panel):
    """What there is besides the figures."""

    action: ActionView = ActionView()
    progress: ProgressView = ProgressView()
    last: LastRun = LastRun()
    plan: tuple[str, ...] = ()
    """What is known of a run that would be started now: one sentence each."""
    runs: TableView = TableView(EMBEDDING_RUNS.key, EMBEDDING_RUNS.title)
    unkept: str = ""
    """Why the runs do not outlast a restart; empty while they do."""


def embeddings_panel(snapshot: Snapshot) -> EmbeddingsPanel:
    """All that is known of generating sparse embeddings."""
    known = snapshot.embeddings
    last = known.last
    shown = (_offered(snapshot), *_last_run(last))
    return extended(
        EmbeddingsPanel,
        panel("embeddings", "Sparse embeddings", snapshot, _CALLS, shown),
        action=_action(snapshot),
        progress=progress_view(snapshot),
        last=LastRun(last.began_at, last.by, what(last)) if last else LastRun(),
        plan=tuple(_plan(snapshot)),
        runs=table_view(EMBEDDING_RUNS, snapshot),
        unkept=known.unkept,
    )


def barred(snapshot: Snapshot) -> str:
    """Why no run can be started now: a sentence, empty where one can.

    The call is a standard one: on a backend whose calls are not known it is worth trying.
    """
    offer, calls = _offer(snapshot, GENERATING.key), snapshot.sources.get(_CALLS)
    if snapshot.contact.lost:
        return OUT_OF_REACH
    if offer is None or (offer.offered is None and (calls is None or not calls.last_attempt)):
        return NOT_KNOWN_YET
    return offer.sentence if offer.offered is False else ""


def _offer(snapshot: Snapshot, key: str) -> Offer | None:
    return next((offer for offer in snapshot.offers if offer.key == key), None)


def _action(snapshot: Snapshot) -> ActionView:
    known, why = snapshot.embeddings, barred(snapshot)
    run = known.running or known.last
    if run is None:
        return ActionView(barred=why)
    newest = known.runs[0].number
    if run.state != "running" and snapshot.at - run.ended_at > SHOWN_SECONDS:
        return ActionView(number=newest, barred=why)
    return ActionView(
        state=run.state,
        word=GENERATING.words[run.state],
        sentence=run.ending.sentence,
        advice=run.ending.advice,
        by=run.by,
        at=run.ended_at or run.began_at,
        number=newest,
        barred=why,
    )


def _offered(snapshot: Snapshot) -> Figure:
    offer = _offer(snapshot, GENERATING.key)
    if offer is None or offer.offered is None:
        return without_value("embeddings.offered", "Generation", snapshot, _CALLS)
    if not offer.offered:
        return Figure("embeddings.offered", "Generation", "not_reported", note=offer.sentence)
    at, display = snapshot.sources[_CALLS].received_at, snapshot.display(_CALLS)
    return Figure("embeddings.offered", "Generation", display, text="available", at=at)


def _last_run(run: EmbeddingRun | None) -> Iterator[Figure]:
    if run is None:
        yield Figure("embeddings.last_run", "Last run", "waiting", note=EMBEDDING_RUNS.empty)
        return
    yield Figure(
        "embeddings.last_run",
        "Last run",
        "value",
        text=_WORDS[run.state],
        exact=run.ending.sentence,
        tone=_TONES.get(run.state, ""),
        at=run.ended_at,
    )
    yield _amount("embeddings.last_took", "Took", run.seconds, "duration", run)
    yield _amount("embeddings.last_processed", "Resources processed", run.processed, "count", run)


def _amount(key: str, label: str, value: float | None, unit: Unit, run: EmbeddingRun) -> Figure:
    if value is None:
        note = "Nobody knows how it ended." if run.state == "unknown" else NOT_REPORTED
        return Figure(key, label, "not_reported", note=note, at=run.ended_at)
    return with_value(Figure(key, label, "value", at=run.ended_at), value, unit)


def _plan(snapshot: Snapshot) -> Iterator[str]:
    offered, reports = _offer(snapshot, GENERATING.key), _offer(snapshot, _PROGRESS)
    if offered is not None and offered.offered is None:
        yield offered.sentence
    if reports is not None and reports.offered:
        yield "The backend reports its progress while it works."
    else:
        yield "The backend is not known to report progress: it may answer only when all is done, after minutes."
    last = next((run for run in snapshot.embeddings.runs if run.state == "done" and run.seconds), None)
    if last is not None and last.seconds:
        many = "" if last.processed is None else f" for {quantity(last.processed, 'count').text} resources"
        yield f"The last run took {duration(last.seconds)}{many}."
