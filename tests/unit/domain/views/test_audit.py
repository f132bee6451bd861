"""The audit in words, and what of it is looked for."""

from urllib.parse import parse_qsl

import pytest

from ops_dashboard.domain.actions import CLEARING
from ops_dashboard.domain.audit import BOUNDED, OUTCOMES, AuditEntry, AuditQuery
from ops_dashboard.domain.embeddings.meaning import GENERATING
from ops_dashboard.domain.jobs.kinds import CANCELLING, INGESTING, REINDEXING, REINDEXING_FAILED
from ops_dashboard.domain.views.audit import (
    ACTIONS,
    LONGEST_SEARCH,
    OUTCOME_WORDS,
    AuditFilter,
    audit_filter,
    audit_rows,
    filter_of_query,
)

KINDS = (CLEARING, GENERATING, CANCELLING, INGESTING, REINDEXING, REINDEXING_FAILED)


def test_every_action_and_every_outcome_has_words():
    assert {kind.key for kind in KINDS} | BOUNDED <= ACTIONS.keys()
    assert set(OUTCOMES) == OUTCOME_WORDS.keys()


def test_a_row_says_it_in_words():
    (row,) = audit_rows([AuditEntry(5.0, "ana", "clear_cache", "", "not-sent", "Busy.")])
    assert (row.at, row.by, row.action, row.outcome, row.outcome_word, row.sentence) == (
        *(5.0, "ana", "Clear the cache", "not-sent", "Not sent", "Busy."),
    )


def test_what_an_older_or_newer_version_wrote_is_shown_as_it_is():
    (row,) = audit_rows([AuditEntry(5.0, "ana", "fly", "", "soared", "")])
    assert (row.action, row.outcome_word) == ("fly", "soared")


@pytest.mark.parametrize("bad", [None, "", "no such", 7, [], {"a": 1}], ids=repr)
def test_what_is_no_choice_counts_as_all(bad: object):
    assert audit_filter(bad, bad).stored == AuditQuery()


def test_a_search_is_bounded_and_finds_actions_by_their_words():
    wanted = audit_filter(text="CACHE \u202e" + "x" * 1_000_000)
    assert len(wanted.text) == LONGEST_SEARCH
    assert wanted.stored.words[0] == ("CACHE", frozenset({"clear_cache"}))


@pytest.mark.parametrize("wanted", [AuditFilter(), AuditFilter("log_in", "refused", "a&b=c ä")], ids=repr)
def test_an_address_takes_the_filter_along(wanted: AuditFilter):
    assert filter_of_query(dict(parse_qsl(wanted.query))) == wanted
