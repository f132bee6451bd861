"""Which interruptions are news to a tab, over reloads, reconnections and restarts of the server."""

from tests.unit.ui.node import STORAGE, run

NEWS = f"""{STORAGE}
const news = m.createNews(storage);
const of = (id, at, rest) => ({{ id, at, severity: "critical", count: 1, title: "t", body: "b", ...rest }});
const told = (raw, opened = 100) => news(raw, opened)?.id ?? null;
"""


def _told(body: str) -> object:
    return run("ops_interruption.js", f"{NEWS} return {body}")


def test_each_is_told_once():
    assert _told("[told({}), told(of(1, 110)), told(of(1, 110)), told(of(2, 120)), told(of(2, 120))]") == [
        None,
        1,
        None,
        2,
        None,
    ]


def test_what_came_before_the_page_was_opened_is_passed_over():
    assert _told("[told(of(7, 99)), told(of(8, 100))]") == [None, 8]


def test_a_reload_tells_nothing_again():
    body = "[told(of(7, 150)), m.createNews(storage)(of(7, 150), 100)]"
    assert _told(body) == [7, None]


def test_an_older_one_that_arrives_late_is_passed_over():
    assert _told("[told(of(7, 150)), told(of(6, 140)), told(of(7, 150))]") == [7, None, None]


def test_a_server_that_counts_from_one_again_is_heard():
    body = 'const [a, b] = [{ boot: "a" }, { boot: "b" }]; return ['
    body += "told(of(7, 150, a)), told(of(1, 170, b)), told(of(1, 170, b)), told(of(2, 180, b))]"
    assert run("ops_interruption.js", f"{NEWS} {body}") == [7, 1, None, 2]


def test_a_server_whose_clock_went_back_is_heard():
    assert _told("[told(of(7, 1150), 1000), told(of(8, 950), 800), told(of(9, 951), 800)]") == [7, 8, 9]


def test_older_interruption_is_passed_over_after_a_clock_step():
    assert _told("[told(of(8, 950), 800), told(of(7, 1150), 800)]") == [8, None]


def test_what_is_no_interruption_is_passed_over():
    body = (
        "[null, undefined, 5, [], {}, of('x', 110), of(1, NaN), of(1, 110, {severity: 'info'}),"
        " of(1, 110, {severity: 'toString'})].map((raw) => told(raw))"
    )
    assert _told(body) == [None] * 9


def test_texts_are_cut_and_never_anything_but_text():
    body = 'm.checked(of(1, 2, {title: {html: 1}, body: "x".repeat(9999), count: "many"}))'
    checked = _told(body)
    assert isinstance(checked, dict)
    assert (checked["title"], len(checked["body"]), checked["count"]) == ("", 500, 1)


def test_a_damaged_storage_is_no_memory():
    for kept in ("{", "null", "[]", '{"id": "x"}', '{"id": 3}'):
        body = f"(storage.kept['ops.interruption'] = {kept!r}, m.createNews(storage)(of(1, 110), 100).id)"
        assert _told(body) == 1
