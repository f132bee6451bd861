"""Being interrupted: title, icon, sound, desktop notification and screen reader, whatever the server sends."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.interruption.tab import NOW, PLAIN, SECURE, Tab, alert
from tests.e2e.waiting import until

# Here on the component alone; that the page hands it the alerts is shown where the alerts are.
pytestmark = pytest.mark.criterion("7.11.3", "7.11.6")

NOTED = {"notifications": True, "notificationsFrom": "critical"}


@pytest.fixture
def profile(browser: Browser, built: None) -> Iterator[Callable[..., BrowserContext]]:
    """Makes profiles of a browser, each with its own storage and permissions."""
    with ExitStack() as profiles:

        def make(*permissions: str) -> BrowserContext:
            context = browser.new_context(permissions=list(permissions))
            profiles.callback(context.close)
            return context

        yield make


@pytest.fixture
def tab(profile: Callable[..., BrowserContext]) -> Tab:
    """A tab that may notify."""
    return Tab(profile("notifications"))


def _heard(*tabs: Tab) -> list[list[str]]:
    return [each for tab in tabs for each in tab.heard()]


def _sounds(*tabs: Tab) -> list[str]:
    return [severity for kind, severity in _heard(*tabs) if kind == "ops:sound"]


def _until_settled(number: int, *tabs: Tab) -> None:
    until(lambda: all(tab.has_settled(number) for tab in tabs), f"every tab's decision about {number}")


def test_the_tab_counts_marks_and_goes_back_to_what_it_was(tab: Tab) -> None:
    steps = [
        ({"counts": {"critical": 0, "warning": 2, "info": 5}}, "(2) Operations", ">2<"),
        ({"counts": {"critical": 1, "warning": 2, "info": 5}}, "(3) Operations", ">!<"),
        ({"blind": True}, "? Operations", ">?<"),
        ({"blind": False}, "(3) Operations", ">!<"),
        ({"counts": {"critical": 0, "warning": 0, "info": 5}}, "Operations", "/plain.svg"),
    ]
    for props, title, icon in steps:
        tab.show(**props)
        expect(tab.page).to_have_title(title)
        assert icon in unquote(tab.icon)


@pytest.mark.thorough
def test_the_watchdog_and_the_alerts_agree_on_one_title(tab: Tab) -> None:
    tab.show(counts={"critical": 1})
    tab.run("tellTab({ lost: true })")
    expect(tab.page).to_have_title("? Operations")
    tab.show(counts={"critical": 2})
    expect(tab.page).to_have_title("? Operations")
    tab.run("tellTab({ lost: false })")
    expect(tab.page).to_have_title("(2) Operations")
    tab.run("leave()")
    expect(tab.page).to_have_title("Operations")
    assert tab.icon == "/plain.svg"


@pytest.mark.thorough
def test_a_critical_one_is_read_out_once_and_a_warning_is_not(tab: Tab) -> None:
    expect(tab.alarm).to_have_text("")
    tab.interrupt(alert(1, "warning"))
    until(lambda: _sounds(tab) == ["warning"], "the sound of the warning")
    expect(tab.alarm).to_have_text("")
    tab.interrupt(alert(2))
    expect(tab.alarm).to_have_text("Critical alert: Error rate is 2 %")
    said = tab.alarm.locator("p").element_handle()
    tab.show(interruption=alert(2), counts={"critical": 1}, sentence="1 critical alert.", serverNow=NOW + 30)
    expect(tab.status).to_have_text("1 critical alert.")
    assert said.evaluate("(node) => node.isConnected")
    tab.show(counts={"critical": 0})
    expect(tab.alarm).to_have_text("")


@pytest.mark.thorough
def test_the_same_words_for_another_incident_are_read_out_again(tab: Tab) -> None:
    tab.interrupt(alert(1))
    said = tab.alarm.locator("p").element_handle()
    tab.interrupt({**alert(1), "id": 2, "at": NOW + 9})
    until(lambda: not said.evaluate("(node) => node.isConnected"), "the words' renewal")
    expect(tab.alarm).to_have_text("Critical alert: Error rate is 1 %")


@pytest.mark.thorough
def test_the_status_changes_only_with_its_sentence(tab: Tab) -> None:
    expect(tab.status).to_have_text("")
    tab.show(sentence="1 warning.")
    expect(tab.status).to_have_text("1 warning.")
    tab.run(
        "window.changes = 0; new MutationObserver((seen) => { changes += seen.length })"
        ".observe(document.querySelector('[role=status]'), { childList: true, characterData: true, subtree: true })"
    )
    tab.show(sentence="1 warning.", serverNow=NOW + 30, counts={"warning": 1})
    expect(tab.page).to_have_title("(1) Operations")
    assert tab.run("changes") == 0
    tab.show(sentence="No active alerts.")
    expect(tab.status).to_have_text("No active alerts.")
    assert tab.run("changes") > 0


@pytest.mark.thorough
def test_one_interruption_makes_one_sound_and_one_notification(tab: Tab) -> None:
    tab.choose(**NOTED)
    tab.click()
    tab.interrupt(alert(1))
    both = [["ops:sound", "critical"], ["ops:notification", "critical"]]
    _until_settled(1, tab)
    assert tab.heard() == both
    tab.show(interruption=alert(1), serverNow=NOW + 31)
    tab.show(interruption=dict(alert(1)), serverNow=NOW + 61)
    tab.interrupt(alert(2, seconds=62))
    _until_settled(2, tab)
    assert tab.heard() == both * 2


@pytest.mark.thorough
def test_of_several_tabs_one_sounds_and_notifies_while_each_reads_it_out(
    profile: Callable[..., BrowserContext],
) -> None:
    context = profile("notifications")
    tabs = [Tab(context)]
    tabs[0].choose(**NOTED)
    tabs += [Tab(context), Tab(context)]
    for number in range(1, 4):
        for tab in tabs:
            tab.interrupt(alert(number, seconds=number))
        for tab in tabs:
            expect(tab.alarm).to_contain_text(f"{number} %")
        _until_settled(number, *tabs)
        assert sorted(kind for kind, _severity in _heard(*tabs)) == (
            ["ops:notification"] * number + ["ops:sound"] * number
        )


@pytest.mark.thorough
def test_a_page_that_may_not_sound_yet_says_so_and_sounds_after_a_click(tab: Tab) -> None:
    tab.interrupt(alert(1))
    until(lambda: _sounds(tab) == ["critical"], "the wish for a sound")
    until(lambda: tab.sound == "blocked", "the browser's refusal")
    tab.click()
    until(lambda: tab.sound == "ready", "the browser's consent")
    assert _sounds(tab) == ["critical"]
    tab.interrupt(alert(2, "warning", seconds=9))
    until(lambda: _sounds(tab) == ["critical", "warning"], "the next sound")
    assert tab.sound == "ready"


@pytest.mark.thorough
def test_the_tab_that_may_sound_goes_first(profile: Callable[..., BrowserContext]) -> None:
    context = profile()
    silent, allowed = Tab(context), Tab(context)
    silent.show()
    allowed.show()
    allowed.click()
    until(lambda: (silent.sound, allowed.sound) == ("blocked", "ready"), "one tab's consent")
    silent.interrupt(alert(1))
    allowed.interrupt(alert(1))
    _until_settled(1, silent, allowed)
    assert (_sounds(silent), _sounds(allowed)) == ([], ["critical"])


@pytest.mark.thorough
@pytest.mark.parametrize("origin", [SECURE, PLAIN])
def test_a_reload_or_another_tab_repeats_nothing(profile: Callable[..., BrowserContext], origin: str) -> None:
    context = profile()
    first = Tab(context, origin)
    first.interrupt(alert(1))
    until(lambda: _sounds(first) == ["critical"], "the sound")
    first.reload()
    second = Tab(context, origin)
    for tab in (first, second):
        tab.show(interruption=alert(1), serverNow=NOW + 600)
        expect(tab.alarm).to_have_text("")
        tab.interrupt(alert(2, seconds=601))
        expect(tab.alarm).to_contain_text("2 %")
    _until_settled(2, first, second)
    assert _sounds(first, second) == ["critical"]


@pytest.mark.thorough
def test_nothing_is_new_before_the_server_s_clock_is_known(tab: Tab) -> None:
    tab.show(interruption=alert(1, seconds=-60), serverNow=0)
    tab.show(serverNow=NOW)
    tab.interrupt(alert(2, "warning"))
    _until_settled(2, tab)
    assert _sounds(tab) == ["warning"]
    expect(tab.alarm).to_have_text("")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("choices", "severity", "expected"),
    [
        ({"sound": False}, "critical", []),
        ({"soundFrom": "critical"}, "critical", ["ops:sound"]),
        ({**NOTED, "sound": False, "notificationsFrom": "warning"}, "warning", ["ops:notification"]),
    ],
)
def test_what_was_not_asked_for_is_not_done(
    tab: Tab, choices: dict[str, object], severity: str, expected: list[str]
) -> None:
    tab.choose(**choices)
    tab.interrupt(alert(1, severity))
    _until_settled(1, tab)
    assert [kind for kind, _severity in tab.heard()] == expected


@pytest.mark.thorough
def test_without_permission_there_is_no_notification_but_the_sound(
    profile: Callable[..., BrowserContext],
) -> None:
    tab = Tab(profile())
    tab.choose(**NOTED)
    tab.interrupt(alert(1))
    _until_settled(1, tab)
    assert _heard(tab) == [["ops:sound", "critical"]]


@pytest.mark.thorough
def test_the_regions_are_there_from_the_start_and_pass_axe(tab: Tab) -> None:
    tab.show(counts={"critical": 1}, sentence="1 critical alert.")
    tab.interrupt(alert(1))
    expect(tab.alarm).not_to_have_text("")
    assert Axe().run(tab.page).response["violations"] == []
