"""The features a backend may lack."""

import pytest

from ops_dashboard.backend.capabilities import Capabilities, read_capabilities
from ops_dashboard.backend.features import (
    CANCEL_JOB,
    CLEAR_CACHE,
    EMBEDDING_JOBS,
    FEATURES,
    INGEST,
    RETRY_JOB,
    SPARSE_GENERATE,
    Feature,
    offers,
)

# As a FastAPI backend without the extended contract lists its calls.
PLAIN = read_capabilities(
    {
        "paths": {
            "/api/v1/ingestion/ingest/{repo_url}": {"post": {}},
            "/api/search/admin/sparse-embeddings/generate": {"post": {}},
            "/api/monitoring/cache/stats": {"get": {}},
        }
    }
)


@pytest.mark.parametrize(
    ("feature", "path"),
    [
        (INGEST, "/api/v1/ingestion/ingest/{repo_url}"),
        (SPARSE_GENERATE, "/api/search/admin/sparse-embeddings/generate"),
        (CANCEL_JOB, None),
        (RETRY_JOB, None),
        (CLEAR_CACHE, None),
        (EMBEDDING_JOBS, None),
    ],
)
def test_the_path_is_the_one_the_backend_lists(feature: Feature, path: str | None) -> None:
    assert feature.path(PLAIN) == path


def test_of_two_listed_paths_the_standard_one_is_taken() -> None:
    both = read_capabilities({"paths": {path: {"post": {}} for path in reversed(SPARSE_GENERATE.paths)}})
    assert SPARSE_GENERATE.path(both) == "/admin/sparse-embeddings/generate"


def test_without_a_list_only_standard_calls_are_tried() -> None:
    tried = {feature.key for feature in FEATURES if feature.path(Capabilities()) is not None}
    assert tried == {"ingest", "sparse_generate"}


def test_each_offer_says_in_a_sentence_how_it_stands() -> None:
    said = {offer.key: (offer.offered, offer.sentence) for offer in offers(PLAIN)}
    assert said["cancel_job"] == (False, "This backend has no call to cancel a job.")
    assert said["clear_cache"] == (False, "This backend has no call to clear the cache.")
    assert said["ingest"] == (True, "This backend can ingest a repository.")


def test_an_unknown_backend_is_called_unknown() -> None:
    assert {offer.offered for offer in offers(Capabilities())} == {None}
    assert CANCEL_JOB.offer(Capabilities()).sentence == (
        "Whether this backend can cancel a job is not known: its list of calls could not be read."
    )


def test_every_key_is_used_once() -> None:
    assert len({feature.key for feature in FEATURES}) == len(FEATURES)
