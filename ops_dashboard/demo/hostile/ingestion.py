"""Jobs, their worker and its services, of which little is true."""

from typing import Any

from ops_dashboard.demo.hostile.texts import (
    BIDI,
    CONTROL,
    FORMULAS,
    LINK,
    LONG,
    MARKUP,
    MEGABYTE,
    ODD_TIMES,
    SCRIPT,
    TERMINAL,
    TOWER,
    WIDE,
)
from ops_dashboard.demo.hostile.verbatim import part


def jobs(body: Any) -> Any:
    """The job history."""
    odd = [
        {
            "job_id": None,
            "repo_url": MARKUP,
            "status": "PENDING",
            "submitted_at": when,
            "duration_seconds": -3,
        }
        for when in ODD_TIMES
    ]
    return [
        *body[:10],
        *odd,
        {"job_id": "job-00001", "repo_url": LONG, "status": "exploded", "error": SCRIPT},
        {"job_id": "job-00001", "repo_url": LINK, "status": "failed", "error": [CONTROL]},
        {"job_id": 2**70, "repo_url": "unknown", "status": 4},
        {"job_id": TERMINAL, "repo_url": TOWER, "status": "failed", "error": TERMINAL},
        {"job_id": "a\nlevel=info", "repo_url": BIDI, "status": "processing", "worker": WIDE},
        {"job_id": "job-00003", "repo_url": "github.com/acme/x", "status": "failed", "error": MEGABYTE},
        *({"repo_url": formula, "status": "completed", "duration_seconds": 1} for formula in FORMULAS),
        None,
        "job",
        part("jobs"),
    ]


def heartbeat(body: Any) -> Any:
    """The edge worker."""
    return {
        **body,
        "state": MARKUP,
        "last_seen_unix": "soon",
        "seconds_since_last_seen": -40,
        "worker_meta": "none",
    }


def services(body: Any) -> Any:
    """What ingestion needs."""
    return {
        **body,
        "status": ["healthy"],
        "services": {
            MARKUP: f"down: {SCRIPT}",
            TOWER: f"down: {TOWER}",
            TERMINAL: TERMINAL,
            "redis": None,
            "q": 1,
            part("services"): None,
        },
    }
