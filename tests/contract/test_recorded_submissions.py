"""Submitting a repository as the recorded backend answered it, in every condition that was recorded."""

import httpx
import pytest

from ops_dashboard.backend.actions import post
from ops_dashboard.backend.client import BackendClient
from ops_dashboard.domain.actions import Ending
from ops_dashboard.domain.jobs.kinds import INGESTING
from ops_dashboard.monitor.actions import ending_of
from tests.replay import CONDITIONS, RECORDINGS, Recording

QUEUED = "Queued at position 1; 1 of 10 places are taken."
BAD = "The backend does not accept this address: Invalid repository URL format."
NO_QUEUE = "The backend is not able to answer for the moment (HTTP 503: Queue service not configured:"
OFFLINE = "The edge worker is offline, and without it the backend queues nothing: System Degraded:"

SUBMITTED = {
    ("all-up-busy", "valid-github"): ("done", QUEUED),
    ("all-up-busy", "invalid-shell"): ("failed", BAD),
    ("all-up-busy", "noauth"): ("failed", "The backend wants a token; set OPS_BACKEND_TOKEN (HTTP 401:"),
    ("all-up-idle", "valid-github"): ("failed", OFFLINE),
    ("all-up-idle", "invalid-shell"): ("failed", BAD),
    ("fresh-no-redis-no-celery", "valid-github"): ("failed", NO_QUEUE),
    ("fresh-no-redis-no-celery", "invalid-shell"): ("failed", NO_QUEUE),
}


async def submitted(recording: Recording) -> Ending:
    """How a submission ends that is answered like this."""
    transport = httpx.MockTransport(
        lambda _: httpx.Response(recording.status, headers=recording.headers, json=recording.body)
    )
    client = BackendClient("http://backend", transport=transport)
    ending = ending_of(INGESTING, await post(client, recording.path))
    await client.aclose()
    return ending


@pytest.mark.parametrize(("condition", "what"), SUBMITTED)
async def test_each_answer_has_its_sentence(condition: str, what: str) -> None:
    ending = await submitted(Recording.read(RECORDINGS / condition / f"ingest-{what}.json"))
    state, sentence = SUBMITTED[condition, what]
    assert ending.state == state and ending.sentence.startswith(sentence)
    assert (ending.advice == "") == (state == "done")


@pytest.mark.parametrize("condition", CONDITIONS)
async def test_no_recorded_answer_is_taken_for_something_else(condition: str) -> None:
    for file in sorted((RECORDINGS / condition).glob("ingest-*.json")):
        recording = Recording.read(file)
        assert ((await submitted(recording)).state == "done") == (recording.status == 200), file.name
