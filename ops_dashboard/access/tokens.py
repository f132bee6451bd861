"""The tokens to log in with, and what each makes of somebody."""

import hashlib
import hmac

from pydantic import SecretStr

from ops_dashboard.domain.access import Role


class Tokens:
    """Compares in a time that tells nothing of the tokens, not even their length."""

    def __init__(self, operator: SecretStr | None, viewer: SecretStr | None) -> None:
        given: tuple[tuple[Role, SecretStr | None], ...] = (("operator", operator), ("viewer", viewer))
        self._digests: dict[Role, bytes] = {
            role: _digest(token.get_secret_value()) for role, token in given if token is not None
        }

    @property
    def roles(self) -> tuple[Role, ...]:
        """What one can log in as."""
        return tuple(self._digests)

    def role_of(self, text: str) -> Role | None:
        """The role that this token stands for; None for one that is not accepted."""
        digest = _digest(text)
        # All are compared, whichever it is.
        same: dict[Role, bool] = {
            role: hmac.compare_digest(digest, known) for role, known in self._digests.items()
        }
        return next((role for role, is_same in same.items() if is_same), None)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode(errors="surrogatepass")).digest()
