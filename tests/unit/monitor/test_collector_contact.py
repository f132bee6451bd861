from ops_dashboard.backend.errors import BadStatus, RateLimited, TimedOut, Unreachable
from ops_dashboard.backend.sources import ML_HEALTH as CONTACT_PROBE
from ops_dashboard.domain.views.page import PageView, page_view
from ops_dashboard.monitor.contact import PROBE_CAP_SECONDS
from tests.unit.monitor.world import UNWATCHED, World


def refused() -> Unreachable:
    return Unreachable("refused the connection; nothing listens there")


def lose(world: World) -> None:
    world.client.everything = refused
    world.until(lambda: world.snapshot.contact.lost)
    world.run(0.2)  # what was under way


def test_contact_is_lost_with_the_third_refusal_and_not_before(settled: World):
    settled.client.everything = refused
    seen = []
    settled.until(lambda: seen.append(settled.snapshot) or seen[-1].contact.lost)
    refusals = [s for s in settled.snapshot.sources.values() if s.failures]
    assert sum(s.failures for s in refusals) <= 4, "no more than three and one that was under way"
    contact = settled.snapshot.contact
    assert contact.reason == "refused the connection; nothing listens there"
    assert contact.since == next(s.contact.since for s in seen if s.contact.since), "since the first refusal"
    assert not any(s.contact.lost for s in seen[:-1])


def test_everything_grows_stale_with_lost_contact_and_keeps_its_value(settled: World):
    value = settled.source("events").value
    lose(settled)
    assert settled.snapshot.display("events") == "stale" and settled.source("events").value is value
    assert settled.hub.news.page.shell.banner.title == "Backend unreachable"
    assert settled.hub.news.page.health.word == "Unreachable"


def test_while_contact_is_lost_only_the_probe_is_called(settled: World):
    lose(settled)
    since = settled.now
    settled.run(180)
    assert settled.client.called(since) == {CONTACT_PROBE}
    times = settled.client.times(CONTACT_PROBE, since)
    gaps = [b - a for a, b in zip([since, *times], times, strict=False)]
    assert max(gaps) <= PROBE_CAP_SECONDS + 0.1, "so that a recovery shows soon"
    assert len(times) < 180, "and yet it is not hammered"


def test_the_banner_says_when_the_next_attempt_is_due(settled: World):
    lose(settled)
    settled.until(lambda: not settled.client.in_flight)
    contact = settled.snapshot.contact
    assert settled.snapshot.at <= contact.next_retry_at <= settled.snapshot.at + PROBE_CAP_SECONDS


def test_with_contact_back_everything_is_read_again_at_once(settled: World):
    lose(settled)
    settled.run(60)
    settled.client.everything = None
    settled.until(lambda: not settled.snapshot.contact.lost, within=PROBE_CAP_SECONDS + 0.1)
    since = settled.now
    settled.until(lambda: not settled.snapshot.refreshing)
    assert settled.now - since < 2
    fresh = {n for n in settled.snapshot.sources if settled.snapshot.display(n) == "value"}
    assert fresh == set(settled.snapshot.sources) - UNWATCHED
    assert all(s.failures == 0 for s in settled.snapshot.sources.values())
    assert settled.hub.news.page.shell.banner.title == ""


def test_a_person_who_asks_gets_a_probe_at_once(settled: World):
    lose(settled)
    settled.run(40)
    calls = len(settled.client.calls)
    asked = settled.start(settled.collector.refresh())
    settled.run(0.05)
    assert asked.done(), "it does not hang on a backend that is gone"
    assert [name for _, name in settled.client.calls[calls:]] == [CONTACT_PROBE]


def test_a_person_who_asks_finds_the_backend_back(settled: World):
    lose(settled)
    settled.run(40)
    settled.client.everything = None
    asked = settled.start(settled.collector.refresh())
    settled.until(asked.done, within=2)
    assert not settled.snapshot.contact.lost
    assert settled.source("events").received_at > settled.snapshot.at - 2


def test_a_backend_that_never_answers_is_lost_after_five_timeouts(settled: World):
    settled.client.everything = lambda: TimedOut("gave no answer within 5 s")
    settled.client.latency = dict.fromkeys(settled.snapshot.sources, 5.0)
    settled.until(lambda: settled.snapshot.contact.lost, within=60)
    settled.until(lambda: not settled.client.in_flight)
    since = settled.now
    asked = settled.start(settled.collector.refresh())
    settled.until(asked.done, within=12)
    assert CONTACT_PROBE in settled.client.called(since), "however long the last probe took"


def test_a_slow_source_among_answering_ones_is_no_lost_contact(settled: World):
    settled.client.bodies["health"] = lambda: TimedOut("gave no answer within 20 s")
    settled.client.latency["health"] = 20.0
    settled.run(600)
    assert settled.source("health").failures >= 3
    assert not settled.snapshot.contact.lost


def test_errors_are_contact_however_many(settled: World):
    settled.client.everything = lambda: BadStatus("failed while answering (HTTP 500)", status=500)
    settled.run(120)
    assert not settled.snapshot.contact.lost
    assert settled.hub.news.page.shell.banner.title == "The backend answers, but nothing can be read"


def test_an_error_answer_ends_a_lost_contact(settled: World):
    lose(settled)
    settled.client.everything = lambda: BadStatus("failed while answering (HTTP 500)", status=500)
    settled.until(lambda: not settled.snapshot.contact.lost, within=PROBE_CAP_SECONDS + 0.1)


def test_contact_that_comes_back_does_not_override_a_wish_to_be_left_alone(settled: World):
    settled.client.bodies["jobs"] = lambda: RateLimited("slow down", status=429, retry_after=300)
    settled.until(lambda: settled.source("jobs").failures)
    since = settled.now
    lose(settled)
    settled.client.everything = None
    settled.until(lambda: not settled.snapshot.contact.lost)
    settled.run(60)
    assert settled.client.times("jobs", since) == []


def test_an_error_of_our_own_does_not_pass_for_an_answer(settled: World):
    lose(settled)
    settled.client.everything = lambda: KeyError("a bug in the client")
    settled.run(60)
    assert settled.snapshot.contact.lost


def test_a_backend_that_is_not_there_at_the_start_is_unreachable_and_nothing_is_shown(world: World):
    world.client.everything = refused
    world.start()
    world.until(lambda: world.snapshot.contact.lost)
    world.run(0.2)
    page = world.hub.news.page
    assert (page.health.word, page.health.at_least) == ("Unreachable", True)
    assert {f.display for f in page.key_metrics} == {"waiting"}
    assert page.shell.banner.reason == "refused the connection; nothing listens there"


def test_as_long_as_nobody_answered_the_banner_does_not_claim_it(world: World):
    world.client.everything = lambda: TimedOut("gave no answer within 5 s")
    world.client.latency = dict.fromkeys(world.snapshot.sources, 5.0)
    world.start()
    world.until(lambda: world.snapshot.contact.lost)
    world.run(11)
    pages = [page_view(snapshot, PageView()) for snapshot, _ in world.published]
    assert {page.shell.banner.title for page in pages} == {"", "Backend unreachable"}
