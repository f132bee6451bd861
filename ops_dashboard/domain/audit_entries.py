"""What the audit says of who came in, and of who was not let. None of it repeats a token. Moments: unix seconds."""

from ops_dashboard.domain.access import Role
from ops_dashboard.domain.audit import LOG_IN, LOG_OUT, NOT_ALLOWED, SOMEBODY, TOKEN, AuditEntry


def somebody(name: str, role: Role | None) -> str:
    """The name that was given, or words for who gave none."""
    return name or SOMEBODY[role or ""]


def logged_in(at: float, name: str, role: Role, client: str) -> AuditEntry:
    """Somebody has a session from now on. ``client``: the address that it was asked from."""
    return AuditEntry(at, somebody(name, role), LOG_IN, "", "done", f"As {role}, from {place(client)}.")


def logged_out(at: float, name: str, role: Role, client: str) -> AuditEntry:
    """Somebody has ended their session."""
    return AuditEntry(at, somebody(name, role), LOG_OUT, "", "done", f"From {place(client)}.")


def login_refused(at: float, client: str) -> AuditEntry:
    """The token of the form was not accepted. What was typed as a name proves nothing, and is left out."""
    return AuditEntry(at, _somebody_at(client), LOG_IN, "", "refused", "The token was not accepted.")


def token_refused(at: float, client: str) -> AuditEntry:
    """The token of a script was not accepted."""
    return AuditEntry(at, _somebody_at(client), TOKEN, "", "refused", "The token was not accepted.")


def not_allowed(at: float, name: str, role: Role | None, target: str, client: str = "") -> AuditEntry:
    """Somebody asked for ``target``, which is for operators."""
    asked_from = f" Asked from {place(client)}." if client else ""
    sentence = f"This needs the role operator.{asked_from}"
    return AuditEntry(at, somebody(name, role), NOT_ALLOWED, target, "refused", sentence)


def place(client: str) -> str:
    """Where a request came from, in words."""
    return client or "an unknown address"


def _somebody_at(client: str) -> str:
    return f"somebody at {place(client)}"
