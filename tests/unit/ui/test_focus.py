"""The focus of a button that was clicked, for browsers that leave it elsewhere."""

import pytest

from tests.unit.ui.node import run

PAGE = """
let focused = [];
const element = (name, ...inner) => ({
  closest: () => (name.startsWith("button") ? me(name) : null),
  contains: (other) => other.name === name || inner.includes(other.name),
  focus: () => focused.push(name),
  name,
});
const all = {};
const me = (name) => all[name];
for (const [name, ...inner] of [["body", "button", "popup", "text"], ["button"], ["popup"], ["text"]])
  all[name] = element(name, ...inner);
const clicked = (target, holder) => {
  globalThis.document = { activeElement: holder && me(holder) };
  m.focusPressed({ target: me(target) });
  return focused;
};
"""


@pytest.mark.parametrize(
    ("target", "holder", "focused"),
    [
        ("button", "body", ["button"]),
        ("button", None, ["button"]),
        ("button", "button", []),  # as browsers do that focus what is pressed
        ("button", "popup", []),  # it has moved on already
        ("text", "body", []),
    ],
)
def test_a_clicked_button_gets_the_focus_unless_something_else_took_it(
    target: str, holder: str | None, focused: list[str]
) -> None:
    place = "null" if holder is None else f'"{holder}"'
    assert run("ops_focus.js", f'{PAGE} return clicked("{target}", {place});') == focused
