"""The backend's refusal of the token: one trouble, however many calls it concerns."""

from collections import Counter
from dataclasses import dataclass

from ops_dashboard.domain.snapshot import STALE_AFTER_FAILURES, Snapshot
from ops_dashboard.domain.views.sources import source_state

_WORDS = {"refused": "The backend refuses the token", "missing": "The backend wants a token, and none is set"}


@dataclass(frozen=True, slots=True)
class TokenTrouble:
    """What cannot be read for want of a token. Moments are unix seconds, 0 for none."""

    sentence: str
    """ "The backend refuses the token: 11 of 31 sources cannot be read"."""
    reason: str
    since: float
    next_retry_at: float


def token_trouble(snapshot: Snapshot) -> TokenTrouble | None:
    """What the backend refuses; None for nothing. A single refusal of a single call is not enough to say so."""
    read = [
        s for s in snapshot.sources.values() if source_state(s, snapshot) not in ("spared", "not_offered")
    ]
    refused = [state for state in read if state.token and state.failures]
    if len(refused) < 2 and not any(state.failures >= STALE_AFTER_FAILURES for state in refused):
        return None
    trouble = "missing" if all(state.token == "missing" for state in refused) else "refused"
    reason, _ = Counter(state.reason for state in refused).most_common(1)[0]
    return TokenTrouble(
        sentence=f"{_WORDS[trouble]}: {len(refused):,} of {len(read):,} sources cannot be read",
        reason=reason,
        since=min(state.failing_since for state in refused),
        next_retry_at=min((s.next_retry_at for s in refused if s.next_retry_at), default=0.0),
    )
