"""The features a backend may lack, and what to tell the user about each."""

from dataclasses import dataclass

from ops_dashboard.backend.capabilities import Capabilities
from ops_dashboard.domain.snapshot import Offer


@dataclass(frozen=True, slots=True)
class Feature:
    """Something the dashboard can do where the backend has one of the ``paths``, the preferred one first."""

    key: str
    title: str
    method: str
    paths: tuple[str, ...]
    to_do: str
    """What the call is for: completes "This backend has no call to …"."""
    extended: bool = True
    """Beyond the standard calls: used only where the OpenAPI document lists it."""

    def path(self, capabilities: Capabilities) -> str | None:
        """The path to call, or None where it must not be called.

        A standard call is worth trying on a backend whose calls are not known; an extended one is not.
        """
        for path in self.paths:
            if capabilities.offers(self.method, path):
                return path
        return None if capabilities.known or self.extended else self.paths[0]

    def offer(self, capabilities: Capabilities) -> Offer:
        """Whether this backend offers the feature, and the sentence that says so."""
        if not capabilities.known:
            said = f"Whether this backend can {self.to_do} is not known: its list of calls could not be read."
            return Offer(self.key, self.title, None, said, worth_trying=not self.extended)
        if self.path(capabilities) is None:
            return Offer(self.key, self.title, False, f"This backend has no call to {self.to_do}.")
        return Offer(self.key, self.title, True, f"This backend can {self.to_do}.")


_JOBS = "/api/v1/ingestion/jobs/{job_id}"
_EMBEDDINGS = "/admin/sparse-embeddings"

INGEST = Feature(
    "ingest",
    "Ingest a repository",
    "POST",
    ("/api/v1/ingestion/ingest/{repo_url}",),
    "ingest a repository",
    extended=False,
)
CANCEL_JOB = Feature("cancel_job", "Cancel a job", "POST", (f"{_JOBS}/cancel",), "cancel a job")
RETRY_JOB = Feature("retry_job", "Retry a job", "POST", (f"{_JOBS}/retry",), "retry a job")
CLEAR_CACHE = Feature(
    "clear_cache", "Clear the cache", "POST", ("/api/monitoring/cache/clear",), "clear the cache"
)
SPARSE_GENERATE = Feature(
    "sparse_generate",
    "Generate sparse embeddings",
    "POST",
    (f"{_EMBEDDINGS}/generate", f"/api/search{_EMBEDDINGS}/generate"),
    "generate sparse embeddings",
    extended=False,
)
EMBEDDING_JOBS = Feature(
    "embedding_jobs",
    "Progress of sparse embeddings",
    "GET",
    (f"{_EMBEDDINGS}/jobs/{{job_id}}", f"/api/search{_EMBEDDINGS}/jobs/{{job_id}}"),
    "report the progress of a sparse embedding run",
)

FEATURES: tuple[Feature, ...] = (
    INGEST,
    CANCEL_JOB,
    RETRY_JOB,
    CLEAR_CACHE,
    SPARSE_GENERATE,
    EMBEDDING_JOBS,
)


def offers(capabilities: Capabilities) -> tuple[Offer, ...]:
    """Every feature of the table, as this backend offers it."""
    return tuple(feature.offer(capabilities) for feature in FEATURES)
