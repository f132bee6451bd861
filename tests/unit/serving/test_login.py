"""Where a login leads to, and what its page says."""

import pytest

from ops_dashboard.domain.audit import is_persons_name
from ops_dashboard.domain.text import person_name
from ops_dashboard.serving.login import led_to
from ops_dashboard.serving.login_page import LoginPage, login_html, login_style
from ops_dashboard.serving.site import ROOT

PAGES = ["/ops"]


@pytest.mark.parametrize("asked", ["/ops", "/ops?range=6h&open=sources"])
def test_it_leads_to_the_page_that_was_asked_for(asked: str) -> None:
    assert led_to(asked, PAGES) == asked


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "ops",
        "/login",
        "/api/snapshot",
        "https://evil.example/ops",
        "//evil.example/ops",
        "/\\evil.example",
        "\\\\evil.example/ops",
        "/ops/../login",
        "javascript:alert(1)",
        "http://[",
        "///ops",
    ],
)
def test_it_leads_nowhere_else(asked: str) -> None:
    assert led_to(asked, PAGES) == "/ops"


def test_what_was_typed_is_shown_and_does_nothing() -> None:
    evil = '"><script>alert(1)</script>'
    html = login_html(LoginPage(evil, problem=evil, name=evil, known_as=evil), style="")
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 5


def test_the_style_has_the_tokens_of_both_themes() -> None:
    style = login_style((ROOT / "assets" / "tokens.css").read_text(encoding="utf-8"))
    light, dark = style.split("@media(prefers-color-scheme:dark)")
    assert "--page: #f6f7f9" in light
    assert "--page: #0a0c10" in dark


def test_a_sheet_without_a_theme_is_refused() -> None:
    with pytest.raises(ValueError, match="theme"):
        login_style(":root{--page:#fff}")


def test_without_a_token_there_is_no_form() -> None:
    html = login_html(LoginPage("/ops", possible=False), style="")
    assert "<form" not in html
    assert "no token is set" in html


@pytest.mark.parametrize(
    "name",
    [
        "\u3164",
        "\u2800\u2800",
        "\uffa0 \u115f",
        " \t",
        "\u200d\u200b",
        "\u202e",
        "\u0301",
        "\ufe0f\u3164",
        "",
    ],
)
def test_a_name_that_nobody_sees_is_none(name: str) -> None:
    assert person_name(name) == ""


@pytest.mark.parametrize("name", ["Ada", "Zoë", "李", "أحمد", "한\u3164글", "42", "🦊"])
def test_a_name_that_is_seen_stays(name: str) -> None:
    assert person_name(f" {name} ") == name
    assert is_persons_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "the system",
        "System",
        "THE  SYSTEM.",
        "ｔｈｅ system",
        "this dashboard",
        "an operator",
        "Somebody at 192.0.2.1",
    ],
)
def test_no_person_is_called_as_the_audit_calls_others(name: str) -> None:
    assert not is_persons_name(person_name(name))
