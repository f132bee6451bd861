"""The two that ingestion depends on, side by side: the cloud API, and the edge worker with its GPU."""

from dataclasses import dataclass, replace

from ops_dashboard.domain.activity import progress
from ops_dashboard.domain.metrics.ingestion import HeartbeatReport, IngestionWorkerReport
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.status import TROUBLED, Status, status_of
from ops_dashboard.domain.units import duration, quantity
from ops_dashboard.domain.views.figure import Display
from ops_dashboard.domain.views.specs import NOT_REPORTED, without_value

_SILENT_REFRESHES = 3.0
"""A backend that has answered nothing for as many refreshes, yet is not given up, is degraded."""
_OFFLINE_THRESHOLDS = 2.0
"""An edge worker that says nothing of its state is offline when it is silent for as many thresholds."""

_WORDS = {
    Status.HEALTHY: "Online",
    Status.DEGRADED: "Degraded",
    Status.DOWN: "Offline",
    Status.UNKNOWN: "Unknown",
    Status.NOT_APPLICABLE: "Not applicable",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known of a worker, as label and text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class HeartbeatView:
    """One of the two. ``beat_at`` is when it was last heard of, unix seconds; 0 when that is not known."""

    key: str = ""
    title: str = ""
    display: Display = "waiting"
    status: str = Status.UNKNOWN.value
    word: str = ""
    alive: bool = False
    """Whether its heart is known to beat just now: what moves on the page goes by it."""
    beat_word: str = ""
    beat_at: float = 0.0
    gone: bool = False
    """Whether the backend has stopped telling of its beat, so that ``beat_at`` is what it told before."""
    threshold: str = ""
    """The longest silence that is no cause for worry, in words; empty where there is none."""
    note: str = ""
    """Why its state is what it is, or why nothing is known of it; empty where there is nothing to say."""
    facts: tuple[Fact, ...] = ()
    activity: str = ""
    """What it does, in its own words; empty where it does not say."""
    progress: float | None = None
    """How far that is, in percent from 0 to 100; None where the words do not say."""


def heartbeats(snapshot: Snapshot) -> tuple[HeartbeatView, HeartbeatView]:
    """The cloud API, judged by its answers to this dashboard, and the edge worker, by its last beat."""
    return _cloud_api(snapshot), _edge_worker(snapshot)


def _cloud_api(snapshot: Snapshot) -> HeartbeatView:
    answered_at = max((state.received_at for state in snapshot.sources.values()), default=0.0)
    contact, patience = snapshot.contact, _SILENT_REFRESHES * snapshot.refresh_seconds
    silence, note = snapshot.at - answered_at, ""
    if contact.lost:
        status, note = Status.DOWN, contact.reason
    elif not answered_at:
        status = Status.UNKNOWN
    elif silence > patience:
        status, note = Status.DEGRADED, f"Nothing of it could be read for {duration(silence)}."
    else:
        status = Status.HEALTHY
    known = {"Backend": snapshot.backend, "Answers in": _response_time(snapshot)}
    return HeartbeatView(
        key="cloud-api",
        title="Cloud API",
        display="value" if answered_at or contact.lost else "waiting",
        status=status.value,
        word=_WORDS[status] if answered_at or contact.lost else "No data yet",
        alive=status is Status.HEALTHY,
        beat_word="Last answer",
        beat_at=answered_at,
        threshold=duration(patience),
        note=note,
        facts=_facts(known),
    )


def _response_time(snapshot: Snapshot) -> str:
    median = snapshot.probes.p50
    return "" if median is None else f"{quantity(median, 'ms').text} ms (median of own calls)"


def _edge_worker(snapshot: Snapshot) -> HeartbeatView:
    beat = snapshot.report("ingestion_heartbeat", HeartbeatReport)
    words = snapshot.report("ingestion_worker", IngestionWorkerReport)
    activity = (words.activity if words else None) or ""
    view = HeartbeatView(
        key="edge-worker",
        title="Edge worker",
        beat_word="Last beat",
        activity=activity,
        progress=progress(activity) if snapshot.display("ingestion_worker") == "value" else None,
    )
    return _by_words(view, snapshot) if beat is None else _by_beat(view, beat, snapshot)


def _by_words(view: HeartbeatView, snapshot: Snapshot) -> HeartbeatView:
    """Where nothing is told of a heartbeat: free text is a sign of life, unless it is a word of trouble."""
    if not view.activity:
        nothing = without_value(view.key, view.title, snapshot, "ingestion_heartbeat")
        word = "Not reported" if nothing.display == "not_reported" else "No data yet"
        return replace(view, display=nothing.display, word=word, note=nothing.note)
    said = status_of(view.activity.partition(":")[0])
    status = said if said in TROUBLED else Status.HEALTHY
    display = snapshot.display("ingestion_worker")
    return replace(
        view,
        display=display,
        status=status.value,
        word=_WORDS[status],
        alive=status is Status.HEALTHY and display == "value",
        note="Judged by its own words: this backend tells of no heartbeat.",
    )


def _by_beat(view: HeartbeatView, beat: HeartbeatReport, snapshot: Snapshot) -> HeartbeatView:
    state, display = snapshot.sources["ingestion_heartbeat"], snapshot.display("ingestion_heartbeat")
    told_at = beat.beat_at(state.received_at)
    beat_at = told_at or state.last_beat_at
    silence = snapshot.at - beat_at if beat_at else None
    status, note = _judged(beat, silence)
    gone = beat_at > 0 and not told_at
    if gone:
        note = "The backend no longer lists it."
        status = Status.DEGRADED if status is Status.HEALTHY else status
    known = {
        "Worker": beat.worker_id,
        "Version": beat.version,
        "Model": beat.embedding_model,
        "GPU": beat.gpu,
    }
    return replace(
        view,
        display=display,
        status=status.value,
        word=_WORDS[status],
        alive=status is Status.HEALTHY and display == "value" and beat_at > 0,
        beat_word="Last heard" if gone else view.beat_word,
        beat_at=beat_at,
        gone=gone,
        threshold=duration(beat.threshold_seconds) if beat.threshold_seconds is not None else "",
        note=state.reason if display == "stale" and state.reason else note,
        facts=_facts(known),
    )


def _judged(beat: HeartbeatReport, silence: float | None) -> tuple[Status, str]:
    """Its state and why: the backend's word, but a silence beyond the threshold is not online."""
    said, limit = beat.state or Status.UNKNOWN, beat.threshold_seconds
    if silence is None:
        note = "It has not been heard of so far." if said is not Status.UNKNOWN else NOT_REPORTED
        return (Status.DEGRADED if said is Status.HEALTHY else said), note
    if limit is None or silence <= limit:
        derived = said is Status.UNKNOWN and limit is not None
        return (Status.HEALTHY, "Judged by its last beat.") if derived else (said, "")
    note = f"Silent for longer than {duration(limit)}."
    if said is Status.UNKNOWN and silence > _OFFLINE_THRESHOLDS * limit:
        return Status.DOWN, note
    return (Status.DEGRADED if said in (Status.HEALTHY, Status.UNKNOWN) else said), note


def _facts(known: dict[str, str | None] | dict[str, str]) -> tuple[Fact, ...]:
    return tuple(Fact(label, text) for label, text in known.items() if text)
