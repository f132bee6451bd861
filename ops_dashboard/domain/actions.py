"""Actions on the backend: one run of an action, how it ended, and what each action says of itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ops_dashboard.domain.metrics.cleared import ClearedReport
from ops_dashboard.domain.rate_limit import RateLimit
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.units import quantity

RunState = Literal["running", "done", "failed", "unknown"]
"""Sent or about to be · the backend says it is done · it is known that it is not · nobody can say."""

Refusal = Literal[
    "unauthorized", "rate_limited", "not_offered", "busy", "bad_request", "edge_offline", "refused"
]
"""Why an action was not done: the token · too many calls, or no room for more · no such call or thing · never
sent, for this dashboard's earlier calls are still under way · what was asked for is not accepted · the edge
worker that would have to do it is silent · anything else."""

_WHAT_TO_DO: dict[Refusal, str] = {
    "unauthorized": "Check the token in OPS_BACKEND_TOKEN.",
    "rate_limited": "Try again later.",
    "not_offered": "The backend lists this call, but does not answer it: the list may be out of date.",
    "busy": "Try again in a moment.",
    "bad_request": "The same request will not fare better.",
    "edge_offline": "Try again when the edge worker is back.",
    "refused": "You may try again.",
}


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended: what happened, and what to do about it where something is to be done."""

    state: RunState
    sentence: str
    advice: str = ""
    why: Refusal | None = None
    """The kind of refusal, where it was one."""
    queue_limit: float | None = None
    """How many jobs the backend's queue takes, where the answer told it."""
    queue_size: float | None = None
    """How many jobs were in it then, never more than it takes; None where the answer did not tell."""
    job_id: str = ""
    """The id that the backend gave the job, exactly as it spells it; empty where it gave none."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of an action on ``target``, which is empty where there is but one.

    Moments are unix seconds, 0 for not yet; ``number`` counts the runs of the action on this target from 1.
    """

    action: str
    target: str
    number: int
    by: str
    began_at: float
    ended_at: float = 0.0
    ending: Ending = Ending("running", "")

    @property
    def state(self) -> RunState:
        """How it stands."""
        return self.ending.state


@dataclass(frozen=True, slots=True)
class ActionKind:
    """What an action says of itself. ``key`` is that of the backend's feature it needs, unless ``needs`` says more."""

    key: str
    words: Mapping[RunState, str]
    """A short headline for each state."""
    undone: str
    """Completes a refusal: what therefore did not happen."""
    if_unknown: str
    """What to do where the outcome is not known."""
    already: str
    """What the second of two askers is told while the first one's run goes on."""
    meanwhile: str
    """What an asker is told who did not know yet of a run that has ended."""
    meaning: Callable[[object], Ending]
    """What the backend's answer means; takes any decoded body, and never raises."""
    needs: tuple[str, ...] = ()
    """The features of which it needs one, the preferred first."""
    told: Mapping[Refusal, tuple[str, str]] = field(default_factory=dict)
    """Words of its own for some refusals: what happened, without a full stop, and what to do."""
    limit: RateLimit = RateLimit(30, 60.0)
    """How many of it are sent, whoever asks for them."""

    def too_many(self, wait: float) -> str:
        """What an asker is told who has to wait so many seconds for the next one."""
        return self.limit.too_many("Nothing was sent", wait)

    def refused(self, why: Refusal, sentence: str, detail: str = "") -> Ending:
        """The ending where it is known that nothing was done; ``detail`` is the backend's own explanation."""
        if why in self.told:
            said, to_do = self.told[why]
            sentence = f"{said}: {detail.rstrip('.')}." if detail else f"{said}."
        else:
            to_do = _WHAT_TO_DO[why]
        return Ending("failed", sentence, f"{self.undone} {to_do}", why=why)

    def unknown(self, sentence: str) -> Ending:
        """The ending where the request may or may not have taken effect."""
        return Ending("unknown", sentence, self.if_unknown)


_LOOK = "Watch size and hit rate: they fall if it was cleared. Clear it again only if they do not."


def cleared(body: object) -> Ending:
    """What the answer to clearing the cache means, whatever it is. HTTP 200 alone is no success."""
    report = ClearedReport.model_validate(body if isinstance(body, dict) else {})
    if report.status is Status.DOWN or (report.word or "").lower() == "failed":
        said = f": {report.message}" if report.message else "."
        return Ending("failed", f"The backend answers that it failed{said}", _LOOK)
    keys = report.cleared_keys
    if keys is None or not keys.is_integer():
        return Ending("done", "The cache is cleared; the backend did not say how many keys.")
    return Ending("done", f"{quantity(keys, 'count').text} {'key' if keys == 1 else 'keys'} cleared.")


CLEARING = ActionKind(
    key="clear_cache",
    words={
        "running": "Clearing the cache…",
        "done": "Done",
        "failed": "Clearing failed",
        "unknown": "Not known whether it was cleared",
    },
    undone="Nothing was cleared.",
    if_unknown=_LOOK,
    already="Nothing was sent a second time: the cache was being cleared already.",
    meanwhile="Nothing was sent: the cache was cleared, or somebody tried to, a moment before.",
    meaning=cleared,
    limit=RateLimit(3, 60.0),
)
