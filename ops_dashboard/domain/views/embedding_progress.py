"""How far a run is that generates sparse embeddings, as the page shows it."""

from dataclasses import dataclass, replace

from ops_dashboard.domain.embeddings.estimate import estimated_percent, estimated_seconds
from ops_dashboard.domain.embeddings.progress import Progress
from ops_dashboard.domain.embeddings.run import EmbeddingRun, Generation
from ops_dashboard.domain.embeddings.wording import about, quarter
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.units import duration, quantity

_ANSWERS_LATE_SECONDS = 15.0
"""A backend that has not answered the start by then answers when all is done."""


@dataclass(frozen=True, slots=True)
class ProgressView:
    """The run under way; nothing of this is shown while there is none.

    ``percent`` is the length of the bar, from 0 to 99. It is the backend's own where ``is_real``, and else a guess
    by the clock, or without any meaning where ``is_blind``.
    """

    is_shown: bool = False
    percent: float = 0.0
    is_real: bool = False
    is_blind: bool = False
    text: str = ""
    """The percentage in words."""
    done: str = ""
    rate: str = ""
    left: str = ""
    began_at: float = 0.0
    what: str = ""
    """What the run was asked for."""
    note: str = ""
    """Why there is no more to be told."""
    trouble: str = ""
    """What goes wrong, since ``trouble_at`` (unix seconds); empty while nothing does."""
    trouble_at: float = 0.0
    why: str = ""
    announcement: str = ""
    """What a screen reader says, at each quarter."""


def what(run: EmbeddingRun) -> str:
    """What a run was asked for."""
    return "all resources" if run.batch_size is None else f"all resources, batch size {run.batch_size:,}"


def progress_view(snapshot: Snapshot) -> ProgressView:
    """The run under way at the moment of ``snapshot``."""
    known = snapshot.embeddings
    run = known.running
    if run is None:
        return ProgressView()
    plain = ProgressView(is_shown=True, began_at=run.began_at, what=what(run))
    shown = (
        _reported(plain, known, snapshot.at) if run.job_id else _unreported(plain, run, known, snapshot.at)
    )
    if shown.is_blind and not shown.trouble:
        shown = _estimated(shown, run, known, snapshot.at)
    if known.unread is not None:
        last = f"Last known: {shown.text or shown.done}." if shown.text or shown.done else ""
        return replace(
            shown,
            rate="",
            left="",
            trouble="Not readable since",
            trouble_at=known.unread.since,
            why=f"{_sentence(known.unread.why)} {last}".strip(),
        )
    if snapshot.contact.lost:
        return replace(
            shown,
            trouble="The backend is out of reach since",
            trouble_at=snapshot.contact.since,
            why="The answer may come all the same.",
        )
    return shown


def _reported(plain: ProgressView, known: Generation, now: float) -> ProgressView:
    progress = known.progress
    percent = progress.percent
    shown = replace(
        plain,
        is_real=percent is not None,
        is_blind=percent is None,
        percent=percent or 0.0,
        text="" if percent is None else f"{percent:.0f} %",
        done=_done(progress),
        rate=_rate(progress),
        left=_left(progress, now),
        announcement="" if percent is None else quarter(percent),
    )
    if progress.stalled(now) and not _is_complete(progress):
        return replace(shown, trouble="Nothing was processed since", trouble_at=progress.grown_at)
    return shown


def _unreported(plain: ProgressView, run: EmbeddingRun, known: Generation, now: float) -> ProgressView:
    if now - run.began_at <= _ANSWERS_LATE_SECONDS:
        return replace(plain, is_blind=True, left="estimating…")
    last = next((one for one in known.runs if one.state == "done" and one.seconds), None)
    note = "The backend reports no progress: it answers when all is done."
    return replace(plain, is_blind=True, note=f"{note} {_last_took(last)}".strip())


def _last_took(last: EmbeddingRun | None) -> str:
    if last is None or last.seconds is None:
        return ""
    many = "" if last.processed is None else f" for {_count(last.processed)} resources"
    return f"The last run took {duration(last.seconds)}{many}; how many this one has is not known."


def _estimated(blind: ProgressView, run: EmbeddingRun, known: Generation, now: float) -> ProgressView:
    """By the clock where something tells how long it may take; past that nobody knows how far it is."""
    elapsed, estimate = max(0.0, now - run.began_at), estimated_seconds(run, known.runs)
    if not estimate:
        return blind
    if elapsed >= estimate:
        return replace(blind, left="longer than estimated")
    percent = estimated_percent(elapsed, estimate)
    return replace(
        blind,
        is_blind=False,
        percent=percent,
        text=f"about {percent:.0f} %" if percent >= 1 else "",
        left=about(estimate - elapsed),
        announcement=quarter(percent).replace(" done.", " done, by the estimate."),
    )


def _done(progress: Progress) -> str:
    if progress.processed is None:
        return "" if progress.total is None else f"none of {_count(progress.total)} yet"
    of = "" if progress.total is None else f" of {_count(progress.total)}"
    return f"{_count(progress.processed)}{of}"


def _rate(progress: Progress) -> str:
    if not progress.rate:
        return ""
    rate = quantity(progress.rate, "/s")
    return f"{rate.text} {rate.unit}"


def _left(progress: Progress, now: float) -> str:
    if _is_complete(progress):
        return "finishing…"
    remaining = progress.remaining(now)
    if remaining is not None:
        return about(remaining)
    return "" if progress.stalled(now) else "estimating…"


def _is_complete(progress: Progress) -> bool:
    return progress.total is not None and (progress.processed or 0.0) >= progress.total > 0


def _count(value: float) -> str:
    return quantity(value, "count").text


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
