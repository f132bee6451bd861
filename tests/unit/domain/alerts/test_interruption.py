from ops_dashboard.domain.alerts.event import Event
from ops_dashboard.domain.alerts.interruption import Interruption, interruption
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.severity import Severity

WARNING, CRITICAL = Severity.WARNING, Severity.CRITICAL


def event(name: str, severity: Severity = WARNING, *, loud: bool = True) -> Event:
    return Event("opened", Key("rule", name), 0.0, severity, text=f"{name} is bad", interrupts=loud)


def test_nothing_happened() -> None:
    assert interruption([]) is None


def test_what_is_quiet_interrupts_nobody() -> None:
    assert interruption([event("a", CRITICAL, loud=False)]) is None


def test_one_alert_speaks_for_itself() -> None:
    assert interruption([event("a")]) == Interruption(WARNING, 1, "Warning alert", "a is bad")


def test_many_are_one_interruption_as_bad_as_the_worst() -> None:
    one = interruption([event("a"), event("b", CRITICAL), event("c", loud=False)])
    assert one == Interruption(CRITICAL, 2, "2 alerts, 1 critical", "b is bad\na is bad")


def test_very_many_are_counted() -> None:
    one = interruption(event(f"m{n}") for n in range(30))
    assert one is not None
    assert (one.count, one.title) == (30, "30 alerts")
    assert one.body == "m0 is bad\nm1 is bad\nm2 is bad\nand 27 more"


def test_two_events_of_one_alert_are_one_alert() -> None:
    one = interruption([event("a"), event("a", CRITICAL)])
    assert one is not None
    assert (one.count, one.severity) == (1, CRITICAL)
