"""The secrets that every dashboard of the tests holds, and the search for them in what it tells."""

from tests.logging_in import OPERATOR_TOKEN, VIEWER_TOKEN

BACKEND_TOKEN = "backend-token-of-a-test"


def secrets_in(told: str, *more: str) -> list[str]:
    """The secrets that stand in a text; ``more`` are those of one test, as a session's id."""
    return [secret for secret in (BACKEND_TOKEN, OPERATOR_TOKEN, VIEWER_TOKEN, *more) if secret in told]
