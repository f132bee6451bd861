"""The login page: a form without a script, in the look of the dashboard."""

import re
from dataclasses import dataclass
from html import escape

from ops_dashboard.domain.text import NAME_LENGTH

_LIGHT = re.compile(r":root\s*(\{[^}]*\})")
_DARK = re.compile(r":root\.dark\s*(\{[^}]*\})")
_LOOK = """
*{box-sizing:border-box}
body{margin:0;min-height:100dvh;display:grid;place-items:center;padding:1rem;background:var(--page);
color:var(--fg);font:0.875rem/1.25rem system-ui,sans-serif}
main{width:min(24rem,100%);padding:1.5rem;border:1px solid var(--line);border-radius:8px;background:var(--surface)}
h1{margin:0;font-size:1.25rem;line-height:1.75rem;font-weight:600}
form{display:grid;gap:.25rem;margin-top:1rem}
label{font-size:.75rem;line-height:1rem;color:var(--muted)}
input{height:2rem;margin-bottom:.75rem;padding:0 .5rem;border:1px solid var(--faint);border-radius:6px;
background:var(--raised);color:var(--fg);font:inherit;min-width:0}
button{height:2rem;border:1px solid var(--fg);border-radius:6px;background:var(--fg);color:var(--page);
font:inherit;font-weight:500;cursor:pointer}
button:hover{background:var(--muted);border-color:var(--muted)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
p{margin:.5rem 0 0;color:var(--muted);overflow-wrap:anywhere}
a{color:var(--accent)}
.problem{padding:.5rem .75rem;border:1px solid var(--crit);border-radius:6px;background:var(--crit-bg);
color:var(--crit)}
"""


@dataclass(frozen=True, slots=True)
class LoginPage:
    """What the page says."""

    next: str
    """The page that was asked for, as "/ops?range=6h"."""
    problem: str = ""
    """Why the login failed; a sentence."""
    name: str = ""
    """The name as it was typed."""
    known_as: str = ""
    """Who is logged in already, in words; empty for nobody."""
    possible: bool = True
    """Whether there is a token to log in with."""


def login_style(tokens_css: str) -> str:
    """The style of the page, with the design tokens: the dark ones where the system is dark.

    Raises:
        ValueError: the sheet does not hold the tokens of both themes.
    """
    light, dark = _LIGHT.search(tokens_css), _DARK.search(tokens_css)
    if light is None or dark is None:
        raise ValueError("The style sheet of the design tokens lacks a theme.")
    return (
        f":root{{color-scheme:light dark}}:root{light[1]}"
        f"@media(prefers-color-scheme:dark){{:root{dark[1]}}}{_LOOK}"
    )


def login_html(page: LoginPage, style: str) -> str:
    """The page as HTML; whatever was typed is escaped."""
    problem = f'<p class="problem" role="alert">{escape(page.problem)}</p>' if page.problem else ""
    back = escape(page.next.removeprefix("/"))
    known = f'<p>You are {escape(page.known_as)}. <a href="{back}">To the dashboard</a></p>'
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<title>Log in · System operations</title><link rel="icon" type="image/svg+xml" href="favicon.svg">'
        f"<style>{style}</style></head><body><main><h1>System operations</h1>"
        f"{known if page.known_as else ''}{problem}{_form(page) if page.possible else _NOT_POSSIBLE}"
        "</main></body></html>"
    )


_NOT_POSSIBLE = "<p>There is nothing to log in with: no token is set on this dashboard.</p>"


def _form(page: LoginPage) -> str:
    invalid = ' aria-invalid="true"' if page.problem else ""
    return (
        '<form method="post" action="login">'
        f'<input type="hidden" name="next" value="{escape(page.next)}">'
        '<label for="token">Token</label>'
        f'<input id="token" name="token" type="password" autocomplete="current-password" required autofocus{invalid}>'
        '<label for="name">Your name, kept with what you do (optional)</label>'
        f'<input id="name" name="name" autocomplete="nickname" maxlength="{NAME_LENGTH}" value="{escape(page.name)}">'
        "<button>Log in</button></form>"
    )
