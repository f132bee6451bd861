"""Calling a client that is expected to fail."""

from ops_dashboard.backend.client import BackendClient
from ops_dashboard.backend.errors import BackendError

TOKEN = "s3cret-t0ken-of-the-backend"


async def failure_of(client: BackendClient, path: str = "/x", **options: object) -> BackendError:
    """The error of one GET; the client is closed."""
    try:
        answer = await client.get(path, **options)  # type: ignore[arg-type]
    except BackendError as error:
        return error
    finally:
        await client.aclose()
    raise AssertionError(f"an answer came: {answer}")
