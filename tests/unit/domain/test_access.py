"""Who may do what without a login, in every case there is."""

from itertools import product

import pytest

from ops_dashboard.domain.access import Access, Role, access, higher, may

# trusted, named by a proxy, operator token, viewer token -> granted to anybody, granted to whom the proxy names
TABLE: dict[tuple[bool, bool, bool, bool], tuple[Role | None, Role | None]] = {
    (True, False, False, False): ("operator", None),
    (True, False, False, True): (None, None),
    (True, False, True, False): (None, None),
    (True, False, True, True): (None, None),
    (False, False, False, False): ("viewer", None),
    (False, False, False, True): (None, None),
    (False, False, True, False): (None, None),
    (False, False, True, True): (None, None),
    (True, True, False, False): (None, "operator"),
    (True, True, False, True): (None, "operator"),
    (True, True, True, False): (None, "viewer"),
    (True, True, True, True): (None, "viewer"),
    (False, True, False, False): (None, "operator"),
    (False, True, False, True): (None, "operator"),
    (False, True, True, False): (None, "viewer"),
    (False, True, True, True): (None, "viewer"),
}


def test_the_table_has_every_case():
    assert set(TABLE) == set(product((True, False), repeat=4))


@pytest.mark.parametrize(("case", "expected"), TABLE.items())
def test_what_is_granted_without_a_login(
    case: tuple[bool, bool, bool, bool], expected: tuple[Role | None, Role | None]
):
    trusted, named, operator, viewer = case
    known = access(trusted=trusted, named_by_proxy=named, operator_token=operator, viewer_token=viewer)
    assert known == Access(*expected)


@pytest.mark.parametrize(
    ("role", "needed", "expected"),
    [
        (None, "viewer", False),
        (None, "operator", False),
        ("viewer", "viewer", True),
        ("viewer", "operator", False),
        ("operator", "viewer", True),
        ("operator", "operator", True),
    ],
)
def test_an_operator_may_all_a_viewer_may(role: Role | None, needed: Role, expected: bool):
    assert may(role, needed) is expected


def test_of_two_roles_the_one_that_may_more_counts():
    assert higher(None, "viewer") == higher("viewer", None) == "viewer"
    assert higher("operator", "viewer") == "operator"
    assert higher(None, None) is None
