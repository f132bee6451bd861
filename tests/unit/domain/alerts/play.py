"""Alerts played through: a rule, and what it makes of a sequence of samples."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ops_dashboard.domain.alerts.engine import step
from ops_dashboard.domain.alerts.event import Event
from ops_dashboard.domain.alerts.rule import Level, Rule
from ops_dashboard.domain.alerts.sample import Key, Sample, Value
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Condition, Incident, Mute, State, from_dict, to_dict
from ops_dashboard.domain.status import Status

START = 1_800_000_000.0
KEY = Key("errors")
LEVELS = (Level(Severity.CRITICAL, 10, 8), Level(Severity.WARNING, 5, 4))
PATIENT = Rule(
    "errors",
    "Errors",
    "errors",
    "above",
    "Errors are {value}",
    LEVELS,
    unit="%",
    for_seconds=60,
    hold_seconds=60,
)
PROMPT = replace(PATIENT, for_seconds=0.0)
CURT = replace(PROMPT, hold_seconds=0.0)
STATUS = Rule(
    "health", "Health", "", "status", "It is {value}",
    statuses={Status.DEGRADED: Severity.WARNING, Status.DOWN: Severity.CRITICAL},
)  # fmt: skip


@dataclass(slots=True)
class Play:
    """One alert under test, at a clock that moves by hand. A missing value is given as None."""

    rule: Rule
    state: State = State(KEY)
    now: float = START
    events: list[Event] = field(default_factory=list)
    mute: Mute | None = None
    restarts: bool = False
    """Whether the state is saved and restored between any two samples."""

    def sees(self, value: Value | None, after: float = 30.0, *, same: bool = False) -> tuple[Event, ...]:
        """A sample, ``after`` seconds later; with ``same`` one that was seen before, with a new value."""
        self.now += after
        at = self.state.sampled_at if same and self.state.sampled_at is not None else self.now
        sample = Sample(self.state.key, value, at, fresh=value is not None)
        return self.meets(sample)

    def meets(self, sample: Sample) -> tuple[Event, ...]:
        """A sample as it is, now."""
        if self.restarts:
            self.state = from_dict(to_dict(self.state))
        self.state, happened = step(self.rule, self.state, sample, self.now, self.mute)
        self.events += happened
        return happened

    def sees_all(self, values: Iterable[Value | None], every: float = 30.0) -> "Play":
        """Several samples."""
        for value in values:
            self.sees(value, every)
        return self

    def does(self, outcome: tuple[State, tuple[Event, ...]]) -> tuple[Event, ...]:
        """What somebody did about it."""
        self.state, happened = outcome
        self.events += happened
        return happened

    @property
    def condition(self) -> Condition:
        return self.state.condition

    @property
    def incident(self) -> Incident:
        assert self.state.incident is not None
        return self.state.incident

    @property
    def kinds(self) -> list[str]:
        return [event.kind for event in self.events]

    @property
    def interruptions(self) -> int:
        return sum(event.interrupts for event in self.events)


def opened(rule: Rule = PROMPT, value: Value = 7.0) -> Play:
    """An alert that has just opened."""
    play = Play(rule, State(Key(rule.id)))
    play.sees(value)
    assert play.kinds == ["opened"]
    return play
