"""From the entries of a history to jobs: many entries may tell of one, and none of them may name it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import inf
from typing import TypeVar

from ops_dashboard.domain.jobs.job import ENDED, Job, JobStatus
from ops_dashboard.domain.jobs.news import News, in_order, newest_first
from ops_dashboard.domain.jobs.repo_url import address
from ops_dashboard.domain.jobs.stuck import usual_seconds, why_stuck
from ops_dashboard.domain.jobs.threads import Thread, threads_of
from ops_dashboard.domain.metrics.ingestion import JobsReport
from ops_dashboard.domain.remembered import of_the_last

_T = TypeVar("_T")


def jobs_of(report: JobsReport, now: float) -> tuple[Job, ...]:
    """The jobs that a history tells of, newest first; ``now`` (unix seconds) decides which are stuck.

    An id makes one job, however many entries have it. Entries without are taken for changes of state, and
    folded by repository: where all of a repository tell their time by that, else in the order of the history.
    Of those that name no repository either, each moment is a job by itself. An entry without an id that tells
    of the same repository at the same moment as one with an id is of that job.
    """
    jobs = _folded(report)
    usual = usual_seconds(jobs)
    judged = ((job, why_stuck(job, usual, now)) for job in jobs)
    return tuple(replace(job, stuck=why) if why else job for job, why in judged)


@of_the_last
def _folded(report: JobsReport) -> tuple[Job, ...]:
    """All but what depends on the time: each snapshot until the next answer asks for the same again."""
    return tuple(_with_keys(_newest_first(_threads(newest_first(report.entries or ())))))


def _threads(all_news: Sequence[News]) -> list[Thread]:
    by_id: dict[str, list[News]] = defaultdict(list)
    by_repo: dict[str, list[News]] = defaultdict(list)
    nameless: dict[object, list[News]] = defaultdict(list)
    ids: dict[tuple[str, float], set[str]] = defaultdict(set)
    for news in all_news:
        if news.entry.job_id is not None and news.repo and news.at is not None:
            ids[address(news.repo), news.at].add(news.entry.job_id)
    for news in all_news:
        repo = address(news.repo)
        same = ids.get((repo, news.at), ()) if news.at is not None else ()
        if news.entry.job_id is not None:
            by_id[news.entry.job_id].append(news)
        elif len(same) == 1:
            by_id[next(iter(same))].append(news)
        elif repo:
            by_repo[repo].append(news)
        else:  # of a task that nothing names, its moment is all there is to know it by
            nameless[("untimed", news.place) if news.at is None else news.at].append(news)
    threads = [in_order(news, forwards=True) for news in (*by_id.values(), *nameless.values())]
    for news in by_repo.values():
        threads += threads_of(in_order(news, forwards=False))
    return threads


def _job(thread: Thread) -> Job:
    """The job that these news are of, without its key."""
    status = thread[-1].status
    now = _since_last_end(thread)
    entries = [news.entry for news in now]
    submitted = _first([*(n.entry.submitted_at for n in thread), *_moments(thread, {JobStatus.PENDING})])
    started = _first([*(e.started_at for e in entries), *_moments(now, {JobStatus.PROCESSING})])
    finished = None
    if status in ENDED:
        finished = _last([*_moments(now, ENDED), *(e.finished_at for e in entries)])
    return Job(
        key="",
        id=_last(news.entry.job_id for news in thread) or "",
        repo=_last(news.repo or None for news in thread) or "",
        status=status,
        submitted_at=submitted,
        started_at=started,
        finished_at=finished,
        told_at=_last(news.at for news in thread),
        duration=_duration(_last(e.duration_seconds for e in entries), started, finished),
        files=_last(e.files_processed for e in entries),
        embeddings=_last(e.embeddings_generated for e in entries),
        error=_last(e.error or e.reason for e in entries) or "",
        worker=_last(e.worker for e in entries) or "",
    )


def _since_last_end(thread: Thread) -> Thread:
    """Of a job that was taken up again, the news since then; of any other all."""
    ends = [number for number, news in enumerate(thread) if news.status in ENDED]
    return thread[ends[-1] + 1 :] if ends and thread[-1].status not in ENDED else thread


def _moments(thread: Thread, statuses: Iterable[JobStatus]) -> Iterable[float | None]:
    return (news.entry.at for news in thread if news.status in statuses)


def _duration(reported: float | None, started: float | None, finished: float | None) -> float | None:
    if finished is None:
        return None
    if reported is not None:
        return reported
    return finished - started if started is not None and finished >= started else None


def _newest_first(threads: Iterable[Thread]) -> list[Job]:
    """By the first moment known of each; one without any stays behind what it follows in the history."""
    placed = sorted(((min(news.place for news in thread), _job(thread)) for thread in threads), key=_place)
    ranked: list[tuple[float, int, float, str, Job]] = []
    before = inf
    for place, job in placed:
        if job.first_at is not None:
            before = job.first_at
        untimed = 0 if job.first_at is not None else place + 1
        ranked.append((-before, untimed, -(job.told_at or 0.0), job.id or repr(job), job))
    return [job for *_, job in sorted(ranked, key=lambda rank: rank[:4])]


def _place(placed: tuple[int, Job]) -> int:
    return placed[0]


def _with_keys(jobs: Sequence[Job]) -> list[Job]:
    """The jobs, each with its key: the id, else repository and first moment, else its number among the untimed."""
    count = Counter[str]()
    keyed = []
    for job in jobs:
        key = f"id {job.id}" if job.id else f"{job.repo} @{'?' if job.first_at is None else job.first_at}"
        count[key] += 1
        keyed.append(replace(job, key=key if count[key] == 1 else f"{key} #{count[key]}"))
    return keyed


def _first(values: Iterable[float | None]) -> float | None:
    return next((value for value in values if value is not None), None)


def _last(values: Iterable[_T | None]) -> _T | None:
    last = None
    for value in values:
        last = value if value is not None else last
    return last
