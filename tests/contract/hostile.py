"""Hypothesis strategies for bodies: any JSON whatever, and valid bodies with something wrong inside."""

import copy
from typing import Any, get_args

from hypothesis import strategies as st
from pydantic import AliasChoices, BaseModel

from ops_dashboard.backend.sources import SOURCES, module_source
from ops_dashboard.demo.hostile.texts import (
    ALIKE,
    FORMULAS,
    LINK,
    RIGHT_TO_LEFT,
    SURROGATE,
    TERMINAL,
    TOWER,
    WIDE,
)
from tests.bodies import demo_bodies, recordings
from tests.replay import CONDITIONS

MODELS = {s.name: s.model for s in [*SOURCES, module_source("search")] if s.model}


def _paths(model: type[BaseModel]) -> set[str]:
    """Every name that stands in a path of the model or of the models within."""
    found = set[str]()
    for name, field in model.model_fields.items():
        alias = field.validation_alias
        choices = alias.choices if isinstance(alias, AliasChoices) else [alias or name]
        found |= {str(part) for path in choices for part in getattr(path, "path", [path])}
        todo = list(get_args(field.annotation))
        while todo:
            inner = todo.pop()
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                found |= _paths(inner)
            todo.extend(get_args(inner))
    return found


NAMES = sorted(set[str]().union(*map(_paths, MODELS.values())))
_TEXT = st.text(st.characters(exclude_categories=()), max_size=12)  # lone surrogates too
_ODD = ("", "7", "-1", "1e3", "nan", "inf", "0x1f", "1_000", "<b>x</b>", "\u202egnp", "n\nn", "x" * 500)
_TEXTS = (TOWER, TERMINAL, SURROGATE, WIDE, RIGHT_TO_LEFT, LINK, *FORMULAS, *ALIKE)
_STATUSES = ("ok", "healthy", "DOWN", "error", "not_applicable")
_TIMES = ("2026-11-23T08:44:33", "2026-11-23T08:44:33Z", "31/12/2026")
_WORDS = st.sampled_from(_ODD + _TEXTS + _STATUSES + _TIMES)
_NUMBERS = (
    st.integers(-3, 200)
    | st.integers()
    | st.floats()
    | st.sampled_from([0, -0.0, 1e-9, 0.5, 99.99, 1e15, -1e308, 10**400, -(10**4_000), 1_795_423_463.06])
)
SCALARS = st.none() | st.booleans() | _NUMBERS | _WORDS | _TEXT
KEYS = st.sampled_from(NAMES) | st.sampled_from(_TEXTS) | _TEXT


def _nested(depth: int, leaf: object) -> object:
    """``leaf`` within so many lists and objects."""
    for level in range(depth):
        leaf = [leaf] if level % 2 else {"a": leaf}
    return leaf


DEEP = st.builds(_nested, st.sampled_from([50, 400, 900]), SCALARS)

ANY_JSON = st.recursive(
    SCALARS | DEEP,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=25,
)


def valid_bodies(source: str) -> list[Any]:
    """The known good bodies of a source in both dialects."""
    recorded = [r.body for c in CONDITIONS if (r := recordings(c).get(source)) and r.status == 200]
    return [demo_bodies()[source], *recorded]


@st.composite
def spoilt_bodies(draw: st.DrawFn, source: str) -> Any:
    """A good body in which some values were replaced, dropped or doubled."""
    body = copy.deepcopy(draw(st.sampled_from(valid_bodies(source))))
    if isinstance(body, str):
        return _spoilt_text(draw, body)
    for _ in range(draw(st.integers(1, 6))):
        body = _spoil(draw, body)
    return body


def _spoilt_text(draw: st.DrawFn, text: str) -> str:
    lines = text.splitlines()
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        cut = draw(st.integers(0, len(lines[at])))
        lines[at] = lines[at][:cut] + draw(_TEXT | _WORDS | st.sampled_from(["{", '"', "}", " NaN", " +Inf"]))
    return "\n".join(lines)


def _spoil(draw: st.DrawFn, body: Any) -> Any:
    """Walk down a random path and change what is there; the root can be hit as well."""
    if not isinstance(body, dict | list) or not body or draw(st.integers(0, 5)) == 0:
        return draw(ANY_JSON)
    key = draw(st.sampled_from(list(body))) if isinstance(body, dict) else draw(st.integers(0, len(body) - 1))
    if draw(st.integers(0, 9)) == 0:
        del body[key]
    else:
        body[key] = _spoil(draw, body[key])
    return body
