"""One step of one alert: from what was known, a sample and the time, to what is known now and what happened.

    ok -> pending (held ``for``) -> firing -> recovering (held ``hold``) -> resolved, which is ok again

Time counts towards ``for`` and ``hold`` only between two evaluations that both had data and followed one another
closely: missing data and time that nobody watched freeze the condition, so they neither fire nor resolve anything.
What people did is left alone by the condition but for one thing: an alert that gets worse than what was
acknowledged is no longer acknowledged.
"""

from dataclasses import replace

from ops_dashboard.domain.alerts.event import Event, EventKind
from ops_dashboard.domain.alerts.flapping import SAMPLES, calm_seconds, is_flapping
from ops_dashboard.domain.alerts.handling import expire, shift
from ops_dashboard.domain.alerts.judge import Verdict, judge, rule_changed, threshold, worse
from ops_dashboard.domain.alerts.message import message
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.sample import Sample, Value
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Condition, Handled, Handling, Incident, Mute, State

Outcome = tuple[State, tuple[Event, ...]]

LONGEST_UNWATCHED_SECONDS = 75.0
"""Samples come every 30 s by default, and are judged every 10 s. Where more passed, nobody watched meanwhile."""
CLOCK_STEP_SECONDS = 2.0
"""Smaller corrections of the clock are none."""


def step(
    rule: Rule, state: State, sample: Sample, now: float, mute: Mute | None = None, clock_step: float = 0.0
) -> Outcome:
    """Judge ``sample`` at ``now`` (unix seconds). ``mute`` is what explains an incident of this key, if any.

    A sample may be given again as often as one likes. ``clock_step`` is by how many seconds the clock was set
    since the evaluation before; one that went back unseen, as between two processes, adds nothing to any duration.
    """
    if not rule.enabled:
        return close(state, now, "The rule was switched off.")
    before = state
    passed = now - clock_step - state.evaluated_at if state.evaluated_at is not None else 0.0
    if passed < -CLOCK_STEP_SECONDS:
        clock_step += passed
    passed = max(0.0, passed)
    watched = passed if before.known and passed <= LONGEST_UNWATCHED_SECONDS else 0.0
    if clock_step:
        state = shift(state, clock_step)
    state, expired = expire(_older(state, passed), now)
    verdict = judge(rule, sample, state)
    kinds: list[EventKind] = [expired] if expired else []
    if verdict is not None:
        state = _noted(rule, state, sample, verdict, watched, now)
        state, moved = _moved(rule, state, verdict, watched, now)
        kinds += moved
    state = replace(state, evaluated_at=now, known=verdict is not None)
    if "resolved" in kinds:
        return _resolved(rule, state, kinds, now)
    state, flapped = _flapped(before, state)
    return _announced(rule, state, kinds + flapped, now, mute)


def close(state: State, now: float, why: str) -> Outcome:
    """End a rule's watch over this key: an open incident is resolved with ``why`` as its note."""
    if (incident := state.incident) is None:
        return State(state.key), ()
    event = Event(
        "resolved",
        state.key,
        now,
        incident.severity,
        text=why,
        note=why,
        duration=incident.age,
        peak=incident.peak,
    )
    return State(state.key), (event,)


def _older(state: State, passed: float) -> State:
    if state.incident is None:
        return state
    return replace(state, incident=replace(state.incident, age=state.incident.age + passed))


def _noted(rule: Rule, state: State, sample: Sample, verdict: Verdict, watched: float, now: float) -> State:
    """The state with the sample's value, and, if it is a new sample, with its part in any flapping."""
    recent = state.recent
    if sample.at != state.sampled_at:
        recent = (*recent, verdict.severity)[-SAMPLES:]
    flapping = is_flapping(recent, state.flapping)
    calm = state.calm + watched if state.flapping and not flapping else 0.0
    patience = calm_seconds(state.incident.turns) if state.incident else 0.0
    return replace(
        state,
        value=verdict.value,
        counter=sample.value if rule.op == "rise" and isinstance(sample.value, int | float) else None,
        detail=sample.detail,
        label=sample.label,
        sampled_at=sample.at,
        known_at=now,
        recent=recent,
        flapping=flapping or (state.flapping and calm < patience),
        calm=calm,
    )


def _moved(
    rule: Rule, state: State, verdict: Verdict, passed: float, now: float
) -> tuple[State, list[EventKind]]:
    if state.incident is None:
        return _towards_opening(rule, state, verdict, passed, now)
    if verdict.severity is None:
        return _towards_the_end(rule, state, state.incident, passed)
    return _still_firing(rule, state, state.incident, verdict.value, verdict.severity, passed)


def _towards_opening(
    rule: Rule, state: State, verdict: Verdict, passed: float, now: float
) -> tuple[State, list[EventKind]]:
    severity, at = verdict.severity, state.sampled_at or 0.0
    if severity is None:
        return replace(state, condition=Condition.OK, held=0.0, since=0.0), []
    if state.condition is Condition.PENDING:
        state = replace(state, held=state.held + passed)
    else:
        state = replace(state, condition=Condition.PENDING, held=0.0, since=at)
    if state.held < rule.for_seconds:
        return state, []
    incident = Incident(
        severity,
        worst=severity,
        opened_at=now,
        since=state.since,
        peak=verdict.value,
        peak_at=at,
        threshold=threshold(rule, severity),
    )
    return replace(state, condition=Condition.FIRING, held=0.0, incident=incident), ["opened"]


def _towards_the_end(
    rule: Rule, state: State, incident: Incident, passed: float
) -> tuple[State, list[EventKind]]:
    """A threshold that somebody moved past the value ends the alert without a hold: nothing can waver."""
    held = state.held + passed if state.condition is Condition.RECOVERING else 0.0
    over = held >= rule.hold_seconds or rule_changed(rule, incident)
    incident = replace(incident, easing=None)
    state = replace(state, condition=Condition.RECOVERING, held=held, incident=incident)
    return state, ["resolved"] if over else []


def _still_firing(
    rule: Rule, state: State, incident: Incident, value: Value, severity: Severity, passed: float
) -> tuple[State, list[EventKind]]:
    kinds: list[EventKind] = []
    if worse(rule, value, incident.peak):
        incident = replace(incident, peak=value, peak_at=state.sampled_at or 0.0)
    easing = None
    if incident.severity.worse_than(severity):
        easing = 0.0 if incident.easing is None else incident.easing + passed
    changed = rule_changed(rule, incident)
    if changed or (
        severity is not incident.severity and (easing is None or easing >= calm_seconds(incident.turns))
    ):
        kinds, incident = _regraded(rule, incident, severity)
        easing = None
    incident = replace(incident, easing=easing)
    return replace(state, condition=Condition.FIRING, held=0.0, incident=incident), kinds


def _regraded(rule: Rule, incident: Incident, severity: Severity) -> tuple[list[EventKind], Incident]:
    """Worse is news; better is none, but should it get worse again, it is news.

    Who acknowledged it is asked again only once it is worse than what was acknowledged.
    """
    kinds: list[EventKind] = []
    handling, announced, turns = incident.handling, incident.announced, incident.turns
    if severity.worse_than(incident.severity):
        kinds.append("escalated")
        known = incident.acknowledged or incident.worst
        if handling.state is Handled.ACKNOWLEDGED and severity.worse_than(known):
            handling = Handling()
    elif incident.severity.worse_than(severity):
        kinds.append("deescalated")
        turns += 1
        announced = severity if announced else None
    worst = min(incident.worst, severity, key=lambda one: one.rank)
    return kinds, replace(
        incident,
        severity=severity,
        worst=worst,
        threshold=threshold(rule, severity),
        handling=handling,
        announced=announced,
        turns=turns,
    )


def _resolved(rule: Rule, state: State, kinds: list[EventKind], now: float) -> Outcome:
    events = _events(rule, state, kinds, now)
    if state.incident is not None:
        end = replace(events[-1], duration=state.incident.age, peak=state.incident.peak)
        events = (*events[:-1], end)
    return replace(state, condition=Condition.OK, held=0.0, since=0.0, incident=None), events


def _flapped(before: State, state: State) -> tuple[State, list[EventKind]]:
    was, now = (one.incident is not None and one.flapping for one in (before, state))
    if was is now or state.incident is None:
        return state, []
    if not now:
        return state, ["flapping_ended"]
    incident = replace(state.incident, turns=state.incident.turns + 1)
    return replace(state, incident=incident), ["flapping_started"]


def _announced(rule: Rule, state: State, kinds: list[EventKind], now: float, mute: Mute | None) -> Outcome:
    """Interrupt, once for each severity reached, as soon as nothing stands against it."""
    if (incident := state.incident) is None:
        return state, ()
    if incident.mute != mute:
        incident = replace(incident, mute=mute)
    if due := _may_interrupt(state, incident) and incident.severity.worse_than(incident.announced):
        incident = replace(incident, announced=incident.severity)
        kinds = kinds or ["announced"]
    state = replace(state, incident=incident)
    events = _events(rule, state, kinds, now)
    return state, (*events[:-1], replace(events[-1], interrupts=True)) if due else events


def _may_interrupt(state: State, incident: Incident) -> bool:
    return (
        state.condition is Condition.FIRING
        and state.known
        and not state.flapping
        and incident.mute is None
        and incident.handling.state is Handled.NEW
        and incident.severity is not Severity.INFO
    )


def _events(rule: Rule, state: State, kinds: list[EventKind], now: float) -> tuple[Event, ...]:
    if state.incident is None or not kinds:
        return ()
    severity, text = state.incident.severity, message(rule, state)
    return tuple(Event(kind, state.key, now, severity, text=text) for kind in kinds)
