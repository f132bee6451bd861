"""How many jobs there are of each status: figures, the bar of the queue, and how full it is."""

from collections import Counter
from collections.abc import Sequence

from ops_dashboard.domain.bounds import cut
from ops_dashboard.domain.jobs.job import Job, JobStatus
from ops_dashboard.domain.metrics.collections import total_of
from ops_dashboard.domain.metrics.ingestion import JobsReport
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.breakdown import Amount, Breakdown, Look, breakdown
from ops_dashboard.domain.views.figure import Figure
from ops_dashboard.domain.views.jobs import Capacity
from ops_dashboard.domain.views.specs import NOT_REPORTED, without_data

QUEUE_TITLE = "Jobs by status"
NEAR_FULL = 0.8
"""From this share of the queue on it is said that it is nearly full."""
RECENT_SECONDS = 300.0
"""For so long after the backend told it a full queue is worth a warning."""

_SHOWN = (JobStatus.PENDING, JobStatus.PROCESSING, JobStatus.COMPLETED, JobStatus.FAILED)
_LOOKS: dict[JobStatus, Look] = {
    JobStatus.PENDING: "c2",
    JobStatus.PROCESSING: "c1",
    JobStatus.COMPLETED: "good",
    JobStatus.FAILED: "crit",
}


def job_figures(snapshot: Snapshot, jobs: Sequence[Job] | None) -> tuple[Figure, ...]:
    """One figure for each of the four main statuses; ``jobs`` is None where there is no history.

    Jobs that nothing names are not counted: what becomes of them cannot be told.
    """
    state = snapshot.sources.get("jobs")
    if state is None or jobs is None:
        return tuple(_without(f"jobs.{status}", status.word, snapshot) for status in _SHOWN)
    at = state.received_at
    if why := _none_is_named(jobs):
        return tuple(
            Figure(f"jobs.{status}", status.word, "not_reported", note=why, at=at) for status in _SHOWN
        )
    note = how_folded(snapshot, jobs) or f"Counted over the latest {len(jobs):,} jobs of the history."
    jobs = [job for job in jobs if job.named]
    counts = Counter(job.status for job in jobs)
    return tuple(
        Figure(
            f"jobs.{status}",
            status.word,
            snapshot.display("jobs"),
            text=f"{counts[status]:,}",
            value=counts[status],
            every=state.interval,
            exact=f"{counts[status]:,} of the latest {len(jobs):,}",
            origin="derived",
            origin_note=note,
            note=state.reason,
            at=at,
        )
        for status in _SHOWN
    )


def _none_is_named(jobs: Sequence[Job]) -> str:
    """Why there is nothing to count in a history that has entries; empty where there is."""
    if not jobs or any(job.named for job in jobs):
        return ""
    return "The job history names no repository, so that its entries cannot be counted."


def _without(key: str, label: str, snapshot: Snapshot) -> Figure:
    return without_data(key, label, snapshot, "jobs") or Figure(
        key, label, "not_reported", note=NOT_REPORTED, at=snapshot.sources["jobs"].received_at
    )


def how_folded(snapshot: Snapshot, jobs: Sequence[Job]) -> str:
    """How jobs without ids were made of the history; empty where the backend gives ids."""
    report = snapshot.report("jobs", JobsReport)
    if report is None or not jobs or any(job.id for job in jobs):
        return ""
    many = len(report.entries or ())
    nameless = sum(not job.named for job in jobs)
    left_out = f" {nameless:,} that name no repository are not counted." if nameless else ""
    return (
        f"This backend gives jobs no id: the latest {many:,} entries of its history, one per change of state,"
        f" are put together by repository and order.{left_out}"
    )


def unread(snapshot: Snapshot) -> str:
    """That only a part of the history is read; empty where all of it is."""
    report = snapshot.report("jobs", JobsReport)
    entries = (report.entries or ()) if report else ()
    part = cut(len(entries), total_of(entries), "newest")
    return f"{part} entries of the history are read." if part else ""


def queue_bar(snapshot: Snapshot, jobs: Sequence[Job] | None) -> Breakdown:
    """The jobs of the history that have a name, by status."""
    if jobs is None:
        nothing = _without("jobs.queue", QUEUE_TITLE, snapshot)
        return Breakdown(QUEUE_TITLE, display=nothing.display, note=nothing.note)
    if why := _none_is_named(jobs):
        return Breakdown(QUEUE_TITLE, display="not_reported", note=why)
    counts = Counter(job.status for job in jobs if job.named)
    shown = [status for status in JobStatus if status in _SHOWN or counts[status]]
    return breakdown(
        QUEUE_TITLE,
        [Amount(status, status.word, counts[status], _LOOKS.get(status, "rest")) for status in shown],
        "count",
        display=snapshot.display("jobs"),
        note=snapshot.sources["jobs"].reason,
    )


def capacity(snapshot: Snapshot) -> Capacity:
    """How full the queue was when the backend last told it, which it does in answer to a submission alone.

    Pending entries of the history are not counted: some backends never take one back.
    """
    told = [
        (run.ended_at, run.ending.queue_size, run.ending.queue_limit)
        for run in (*snapshot.runs, *snapshot.submissions)
        if run.ending.queue_limit and run.ending.queue_size is not None
    ]
    if not told:
        return Capacity()
    at, taken, limit = max(told)
    left = int(limit - taken)
    places = "1 place was left" if left == 1 else f"{left:,} places were left"
    return Capacity(
        text=f"{taken:,.0f} of {limit:,.0f}",
        sentence=f"{places if left else 'The queue was full'} at the last submission,",
        at=at,
        near_full=taken >= NEAR_FULL * limit and snapshot.at - at <= RECENT_SECONDS,
    )
