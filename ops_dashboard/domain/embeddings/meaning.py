"""What the backend's answers mean for a run."""

from dataclasses import replace

from ops_dashboard.domain.actions import ActionKind, Ending
from ops_dashboard.domain.embeddings.run import EmbeddingRun
from ops_dashboard.domain.metrics.embeddings import RunReport, read_run
from ops_dashboard.domain.rate_limit import RateLimit
from ops_dashboard.domain.units import duration, quantity

_DONE = frozenset({"completed", "complete", "done", "finished", "success", "succeeded", "ok"})
_FAILED = frozenset({"failed", "failure", "error", "errored", "aborted", "timeout", "timed_out"})
_CANCELLED = frozenset({"cancelled", "canceled", "stopped"})

_ACCEPTED = 202
MEND = "What is done so far may be kept. Look into the backend's log, mend the cause, and start it again."
_LOOK = "It may be running, or done. Look into the backend's log before you start another."


def _meaning(body: object) -> Ending:
    return ending_of(read_run(body), 0.0) or Ending("running", "")


GENERATING = ActionKind(
    key="sparse_generate",
    words={
        "running": "Generating sparse embeddings…",
        "done": "Done",
        "failed": "Generation failed",
        "unknown": "Outcome unknown",
    },
    undone="Nothing was started.",
    if_unknown=_LOOK,
    already="Nothing was sent: a run is under way already. One at a time is generated.",
    meanwhile="Nothing was sent: a run was started a moment before, and has ended.",
    meaning=_meaning,
    limit=RateLimit(3, 60.0),
)


def started(run: EmbeddingRun, body: object, status: int, now: float) -> tuple[EmbeddingRun, Ending | None]:
    """``run`` as the answer to its start describes it, of HTTP ``status``, and how it ended; None: it goes on."""
    report = read_run(body)
    minutes = report.estimated_minutes
    known = replace(
        heard(run, report),
        job_id=report.job_id or "",
        estimate=None if minutes is None else minutes * 60,
    )
    ending = ending_of(report, now - run.began_at)
    if ending is None and status != _ACCEPTED and not report.word and not report.job_id:
        ending = _done(report, now - run.began_at)  # an answer of success that says no more
    return known, ending


def heard(run: EmbeddingRun, report: RunReport) -> EmbeddingRun:
    """``run`` with the amounts that were reported."""
    return replace(
        run,
        processed=run.processed if report.processed is None else report.processed,
        total=run.total if report.total is None else report.total,
    )


def ended(run: EmbeddingRun, ending: Ending, now: float) -> EmbeddingRun:
    """``run`` that came to its end at ``now`` (unix seconds)."""
    processed = run.total if ending.state == "done" and run.processed is None else run.processed
    return replace(run, ending=ending, ended_at=now, processed=processed)


def ending_of(report: RunReport, seconds: float) -> Ending | None:
    """How the run ended that took so many seconds; None while it goes on."""
    word = (report.word or "").lower()
    if word in _DONE:
        return _done(report, seconds)
    if word in _CANCELLED:
        return Ending("failed", f"It was stopped at the backend.{_so_far(report)}", "You may start it again.")
    if word in _FAILED:
        said = report.error or report.message
        why = f": {said.rstrip('.')}." if said else ", and not why."
        return Ending("failed", f"The backend says that it failed{why}{_so_far(report)}", MEND)
    return None


def lost(sentence: str) -> Ending:
    """The end of a run of which nothing more can be learnt; ``sentence`` says why."""
    return GENERATING.unknown(sentence)


def _done(report: RunReport, seconds: float) -> Ending:
    many = report.processed if report.processed is not None else report.total
    if many is None:
        return Ending("done", f"The backend did not say how many resources. It took {duration(seconds)}.")
    if not many:
        return Ending("done", "There was nothing to process.")
    return Ending("done", f"{_resources(many)} processed in {duration(seconds)}.")


def _so_far(report: RunReport) -> str:
    if report.processed is None:
        return ""
    of = "" if report.total is None else f" of {quantity(report.total, 'count').text}"
    return f" {quantity(report.processed, 'count').text}{of} resources were processed before."


def _resources(many: float) -> str:
    return f"{quantity(many, 'count').text} {'resource' if many == 1 else 'resources'}"
