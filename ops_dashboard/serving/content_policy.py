"""The content security policy: nothing runs in the page but what was built into it."""

import hashlib
import re
from base64 import b64encode
from pathlib import Path

_INLINE = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_POLICY = (
    "default-src 'none'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    # Sizes and places of what is drawn are style attributes.
    "style-src 'self' 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)


def content_policy(pages: Path) -> str:
    """The policy for the pages below a directory: of inline scripts, those that stand in them are let run.

    Reading the directory once is enough: the build does not change while it is served.
    """
    found = {
        script for page in sorted(pages.rglob("*.html")) for script in _INLINE.findall(page.read_bytes())
    }
    hashes = sorted(f"'sha256-{b64encode(hashlib.sha256(script).digest()).decode()}'" for script in found)
    return "; ".join((*_POLICY, " ".join(("script-src 'self'", *hashes))))
