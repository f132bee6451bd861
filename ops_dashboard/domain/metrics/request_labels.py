"""What the labels of a request metric tell: the HTTP status, the path, whether the call was the dashboard's own."""

import re

Labels = tuple[tuple[str, str], ...]
"""A label set in the order of its names, without ``le``."""

_CODE_LABELS = frozenset({"code", "http_code", "response_code", "http_response_code"})
_PATHS = frozenset({"handler", "path", "endpoint", "route", "uri", "url", "path_template"})
_PATH_LABELS = _PATHS | {"http_route", "http_target", "http_path", "url_path"}
_STATUS = re.compile(r"[1-5](?:\d\d|xx)")
_OWN_CALL = re.compile(
    r"(?:/[^/]+)*/api/monitoring(?:/.*)?"
    r"|(?:/[^/]+)*/ingestion/(?:worker/status|health|health/worker|jobs/history)"
    r"|(?:/api)?(?:/v\d+)?/(?:metrics|openapi\.json|health|healthz|livez|readyz)"
)
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/]*")


def label_set(labels: dict[str, str]) -> Labels:
    """The labels of a sample in a form that can be looked up."""
    return tuple(sorted((name, value) for name, value in labels.items() if name != "le"))


def http_status(labels: Labels) -> str | None:
    """The status told by whatever label names it: "200", or "2xx" where statuses are grouped; else None."""
    told = (value.strip().lower() for name, value in labels if name in _CODE_LABELS or "status" in name)
    return next((value for value in told if _STATUS.fullmatch(value)), None)


def has_path(labels: Labels) -> bool:
    """Whether a label names the path, so that the dashboard's own calls can be told apart."""
    return any(name in _PATH_LABELS for name, _ in labels)


def is_own_call(labels: Labels) -> bool:
    """Whether the path is one that is asked for by this dashboard, or by whoever else checks health.

    Paths below a prefix of the backend count too; a path like ``/patients/{id}/health`` is somebody's own.
    """
    return any(name in _PATH_LABELS and _OWN_CALL.fullmatch(_path(value)) for name, value in labels)


def _path(value: str) -> str:
    path = _ORIGIN.sub("", value.strip().lower(), count=1).partition("?")[0].rstrip("/")
    return path if path.startswith("/") else f"/{path}"
