"""The body of an answer, read with a bound on what it may cost."""

import time
import zlib
from dataclasses import dataclass

import httpx

from ops_dashboard.backend.failures import broken_off
from ops_dashboard.backend.http_dates import http_date

ACCEPT_ENCODING = "gzip"
"""The one packing whose size while unpacking we can bound."""

MOST_MEMBERS = 1000
"""Of a packed answer. Each costs its own beginning, however little it unpacks to."""

_GZIP_WINDOW = zlib.MAX_WBITS | 16


class _Gunzip:
    """Unpacks a body of one or more gzip members, as a proxy makes them that appends to what it passes on."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_GZIP_WINDOW)
        self.members = 1
        self._begun = False

    def feed(self, packed: bytes, most: int) -> bytes:
        """What ``packed`` adds to the body; little more than ``most`` bytes of it.

        Raises:
            zlib.error: when it is no gzip, which counts for what follows a member, too.
        """
        content = bytearray()
        while packed and len(content) < most and self.members <= MOST_MEMBERS:
            if self._member.eof:
                self._member = zlib.decompressobj(_GZIP_WINDOW)
                self.members += 1
            self._begun = True
            content += self._member.decompress(packed, most - len(content))
            packed = self._member.unused_data
        return bytes(content)

    @property
    def whole(self) -> bool:
        """True when the last member came to its end, or nothing came at all."""
        return self._member.eof or not self._begun


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came, unpacked."""

    status: int
    headers: httpx.Headers
    content: bytes
    fault: str = ""
    """Why ``content`` is not the whole body: a predicate for people; empty when it is whole."""
    clock_ahead: float | None = None
    """Seconds that the clock of the sender is ahead of ours; None where it does not tell its time."""


async def receive(response: httpx.Response, max_bytes: int) -> Reply:
    """Read a streamed response, never holding much more than ``max_bytes`` of its body, packed or unpacked.

    A body that is too large is given up at once, without reading what is left of it. What comes over the wire
    is bounded too: a packed body may go on for ever without adding to what it unpacks to.

    Raises:
        httpx.TimeoutException: when the body stops coming.
    """

    ahead = _clock_ahead(response.headers, time.time())

    def reply(content: bytes, fault: str = "") -> Reply:
        return Reply(response.status_code, response.headers, content, fault, ahead)

    def kept() -> bytes:
        # What was packed is checked by its end: without that nothing of it counts.
        return bytes(content) if gunzip is None or gunzip.whole else b""

    too_large = f"sent an answer larger than {max_bytes / 2**20:.3g} MB, which was not read"
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > max_bytes:
        return reply(b"", too_large)
    if packing not in ("", "identity", "gzip", "x-gzip"):
        return reply(b"", "sent its answer packed in a way that was not asked for")
    gunzip = _Gunzip() if packing.endswith("gzip") else None
    content, received = bytearray(), 0
    try:
        async for chunk in _stream(response):
            received += len(chunk)
            if received > max_bytes:
                return reply(b"", too_large)
            room = max_bytes + 1 - len(content)
            content += gunzip.feed(chunk, room) if gunzip else chunk
            if len(content) > max_bytes:
                return reply(b"", too_large)
            if gunzip and gunzip.members > MOST_MEMBERS:
                return reply(b"", f"sent its answer packed in more than {MOST_MEMBERS:,} pieces")
    except (httpx.NetworkError, httpx.RemoteProtocolError) as error:
        return reply(kept(), f"{broken_off(error)} in the middle of its answer")
    except zlib.error:
        return reply(b"", "sent a packed answer that cannot be unpacked")
    return reply(kept(), "sent an answer that is cut short" if gunzip and not gunzip.whole else "")


def _clock_ahead(headers: httpx.Headers, now: float) -> float | None:
    """By the moment at which the answer was made, a whole second; an answer from a store was made long ago."""
    made = None if "age" in headers else http_date(headers.get("date"))
    return None if made is None else made + 0.5 - now


def _stream(response: httpx.Response) -> httpx.AsyncByteStream:
    """The body as sent. In httpx's own unpacking, 64 KB from the wire can become gigabytes in one step."""
    if not isinstance(response.stream, httpx.AsyncByteStream):
        raise TypeError("only the answers of an asynchronous client can be received")
    return response.stream
