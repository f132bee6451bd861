from ops_dashboard.domain.anomaly_log import MOST_ENDED, AnomalyLog, Episode


def test_one_that_lasts_has_no_end_yet():
    log = AnomalyLog()
    log.note("p95", "p95 812 ms", since=70, now=100)
    assert log.episodes(after=0) == (Episode("p95", 70, 0, "p95 812 ms"),)
    assert log.episodes(after=1_000), "it lasts, however long ago it began"


def test_it_keeps_its_beginning_and_its_first_sentence_while_it_lasts():
    log = AnomalyLog()
    log.note("p95", "p95 812 ms", since=70, now=100)
    log.note("p95", "p95 900 ms", since=130, now=130)
    assert log.episodes(after=0) == (Episode("p95", 70, 0, "p95 812 ms"),)


def test_it_ends_when_the_value_is_usual_again():
    log = AnomalyLog()
    log.note("p95", "p95 812 ms", since=70, now=100)
    log.note("p95", "", since=0, now=160)
    log.note("p95", "", since=0, now=190)
    assert log.episodes(after=0) == (Episode("p95", 70, 160, "p95 812 ms"),)


def test_a_second_one_of_the_same_series_is_a_second_episode():
    log = AnomalyLog()
    log.note("p95", "first", since=70, now=100)
    log.note("p95", "", since=0, now=160)
    log.note("p95", "second", since=200, now=230)
    assert [(e.since, e.until, e.sentence) for e in log.episodes(0)] == [
        (70, 160, "first"),
        (200, 0, "second"),
    ]


def test_series_do_not_touch_each_other():
    log = AnomalyLog()
    log.note("b", "of b", since=50, now=100)
    log.note("a", "of a", since=50, now=100)
    log.note("b", "", since=0, now=130)
    assert log.episodes(0) == (Episode("a", 50, 0, "of a"), Episode("b", 50, 130, "of b"))


def test_only_those_that_lasted_after_a_moment_are_told():
    log = AnomalyLog()
    log.note("p95", "first", since=70, now=100)
    log.note("p95", "", since=0, now=160)
    assert [e.sentence for e in log.episodes(after=159)] == ["first"]
    assert log.episodes(after=160) == ()


def test_what_was_always_usual_leaves_no_trace():
    log = AnomalyLog()
    log.note("p95", "", since=0, now=160)
    assert log.episodes(0) == ()


def test_the_oldest_that_ended_are_forgotten_and_those_that_last_are_not():
    log = AnomalyLog()
    log.note("lasting", "still on", since=1, now=1)
    for number in range(2 * MOST_ENDED):
        log.note("p95", f"number {number}", since=10 * number, now=10 * number)
        log.note("p95", "", since=0, now=10 * number + 5)
    episodes = log.episodes(0)
    assert len(episodes) == MOST_ENDED + 1
    assert episodes[0].key == "lasting"
    assert episodes[-1].sentence == f"number {2 * MOST_ENDED - 1}"


def test_one_that_lies_after_a_clock_that_was_put_back_is_forgotten():
    log = AnomalyLog()
    log.note("p95", "p95 812 ms", since=700, now=760)
    log.note("p95", "", since=0, now=100)
    assert log.episodes(0) == ()
    log.note("p95", "p95 813 ms", since=130, now=160)
    assert log.episodes(0) == (Episode("p95", 130, 0, "p95 813 ms"),)


def test_it_ends_with_the_series_that_it_is_of():
    log = AnomalyLog()
    for key in ("p95", "modules.made up.response_time_ms"):
        log.note(key, "unusual", since=70, now=100)
    log.keep({"p95"}, now=160)
    assert {episode.key: episode.until for episode in log.episodes(after=0)} == {
        "p95": 0,
        "modules.made up.response_time_ms": 160,
    }
