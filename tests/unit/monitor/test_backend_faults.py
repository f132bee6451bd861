"""Each fault of a backend: the sentence for it, how soon it is said, and that it ends by itself.

The first half of a row is played over a real socket, from which the error comes; the second half on a clock that
costs nothing, with the settings' own times.
"""

import asyncio
import gzip
import os
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import formatdate

import httpx
import pytest

from ops_dashboard.backend.client import CONNECT_SECONDS, BackendClient
from ops_dashboard.backend.errors import BackendError, TimedOut
from ops_dashboard.backend.reading import Reading, read_report
from ops_dashboard.backend.receive import MOST_MEMBERS
from ops_dashboard.backend.refusals import refusal as refused
from ops_dashboard.backend.retry import CAP_SECONDS
from ops_dashboard.backend.sources import ML_HEALTH as CONTACT_PROBE
from ops_dashboard.backend.sources import SOURCES
from ops_dashboard.domain.metrics.database import PoolReport
from ops_dashboard.domain.metrics.ingestion import HeartbeatReport
from ops_dashboard.domain.views.sources import sources_view
from ops_dashboard.monitor.collector import Collector
from ops_dashboard.monitor.watch import Watch
from tests.certificates import Authority, authority
from tests.unit.backend.raw_server import Script, head, raw_server, reset, says
from tests.unit.monitor.warped import WarpedClock, WarpedLoop
from tests.unit.monitor.world import ScriptedClient, World

SHORT, PATIENT = 0.3, 15.0
"""Seconds that the client is told to wait: where nothing will come, and where something will."""
TIMEOUT, ALERT, REFRESH = 5.0, 1.0, 30.0
"""Of the watch on the clock that costs nothing."""
ROUNDING = 0.15
"""The tabs hear of news after 0.1 s."""
ONE = "db_pool"
SURELY = 90.0
"""Within this much all sources have failed often enough to call a contact lost, back-off and all."""
GOOD = b'{"connection_pool": {"active": 3, "max": 10}}'
WHOLE = says(head(f"Content-Length: {len(GOOD)}"), GOOD)
SPACES = b" " * 2**20
TLS_RECORD = b"\x17\x03\x03\x00\x20"
HANDSHAKE = b"\x16\x03"


async def never(_: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


def answer(body: bytes, *lines: str, status: str = "200 OK") -> Script:
    return says(head(f"Content-Length: {len(body)}", *lines, status=status), body)


def packed(*members: bytes, end: bytes = b"") -> Script:
    return answer(b"".join(map(gzip.compress, members)) + end, "Content-Encoding: gzip")


def refusal(status: int, *lines: str) -> Script:
    return answer(b'{"detail": "as asked"}', *lines, status=f"{status} As Asked")


def redirect(to: str) -> Script:
    return says(f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode())


def begins(*parts: bytes) -> Script:
    """Sends these bytes, and then nothing."""

    async def script(writer: asyncio.StreamWriter) -> None:
        await says(*parts)(writer)
        await never(writer)

    return script


async def drip(writer: asyncio.StreamWriter) -> None:
    writer.write(head("Content-Length: 100000"))
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(SHORT / 20)


async def broken(writer: asyncio.StreamWriter) -> None:
    reset(writer)


def damaged(*parts: bytes) -> Script:
    """Sends these bytes by TLS, and after them a record that is none."""

    async def script(writer: asyncio.StreamWriter) -> None:
        await says(*parts)(writer)
        with socket.socket(fileno=os.dup(writer.get_extra_info("socket").fileno())) as beneath:
            beneath.send(TLS_RECORD + b"x" * 32)
        await never(writer)

    return script


def chunks(*parts: bytes, each: int, end: bytes = b"0\r\n\r\n") -> Script:
    """A chunked answer of pieces of so many bytes; of parts that are packed where there are several."""
    content = b"".join(parts)
    pieces = (content[i : i + each] for i in range(0, len(content), each))
    lines = ("Content-Encoding: gzip",) if len(parts) > 1 else ()
    sent = (b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces)
    return says(head("Transfer-Encoding: chunked", *lines), *sent, end)


def then_reset(script: Script) -> Script:
    async def both(writer: asyncio.StreamWriter) -> None:
        await script(writer)
        reset(writer)

    return both


def bomb() -> bytes:
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    return b"".join(packer.compress(SPACES) for _ in range(100)) + packer.flush()


@dataclass(frozen=True)
class Fault:
    """What the server does, what is said of it, and whether contact is lost once all calls end so."""

    says: str
    script: Script | None
    """None: nobody listens."""
    lost: bool = False
    asked: bytes = b"\r\n\r\n"
    https: bool = False
    certificate: str = ""
    """Of the server while the fault lasts; none for one that speaks no TLS."""
    lookup: bool = True
    """Whether the name of the backend can be looked up."""


def over_tls(says: str, script: Script = WHOLE, certificate: str = "good") -> Fault:
    return Fault(says, script, lost=True, https=True, certificate=certificate)


def before_tls(says: str, script: Script) -> Fault:
    return Fault(says, script, lost=True, https=True, asked=HANDSHAKE)


CUT = "sent an answer that is cut short"
BROKEN = "broke the connection off in the middle of its answer"
CLOSED = "closed the connection before answering, or does not speak HTTP"
LATE = f"accepted the connection, but gave no answer within {SHORT:g} s"
UNENDED = f"began to answer (HTTP 200), but did not finish within {SHORT:g} s"
UNPACKABLE = "sent a packed answer that cannot be unpacked"
TOO_LARGE = "sent an answer larger than 8 MB, which was not read"
WEB_PAGE = "answered with a web page instead of data, as a login page or a proxy does"
REDIRECT = "(HTTP 302), as a login page does; check OPS_BACKEND_URL"
DAY = "Mon, 23 Nov 2026"

FAULTS = {
    "refused": Fault("refused the connection at {at}; nothing listens there", None, lost=True),
    "no name": Fault(
        "cannot be found: the host name localhost could not be looked up", None, lost=True, lookup=False
    ),
    "hang before the head": Fault(LATE, never, lost=True),
    "hang in the head": Fault(LATE, begins(b"HTTP/1.1 200 OK\r\nX: "), lost=True),
    "hang after the head": Fault(UNENDED, begins(head("Content-Length: 9")), lost=True),
    "drip": Fault(UNENDED, drip, lost=True),
    "length too great": Fault(UNENDED, begins(head("Content-Length: 999"), GOOD), lost=True),
    "reset": Fault("broke the connection off before answering", broken, lost=True),
    "closed": Fault(CLOSED, says(b""), lost=True),
    "no HTTP": Fault(CLOSED, says(b"-ERR unknown command\r\n\r\n"), lost=True),
    "length no number": Fault(CLOSED, says(head("Content-Length: some"), GOOD), lost=True),
    "cut short": Fault(BROKEN, says(head("Content-Length: 999"), GOOD[:-1])),
    "cut short in a chunk": Fault(BROKEN, says(head("Transfer-Encoding: chunked"), b'7\r\n{"a": 1\r\n')),
    "length too small": Fault(CUT, says(head("Content-Length: 20"), GOOD)),
    "empty": Fault("gave an empty answer", answer(b"")),
    "no JSON": Fault("sent an answer that is not JSON", answer(b"hello")),
    "a list": Fault("answered with a list that cannot be read as this call's data", answer(b"[1]")),
    "HTML": Fault(WEB_PAGE, answer(b"<!doctype html>", "Content-Type: text/html")),
    "HTML that says JSON": Fault(WEB_PAGE, answer(b" \n<html>")),
    "latin-1": Fault(
        "sent an answer with broken characters (not UTF-8)", answer('{"a": "ü"}'.encode("latin-1"))
    ),
    "packed as not asked": Fault(
        "sent its answer packed in a way that was not asked for", answer(b"x", "Content-Encoding: br")
    ),
    "packed and cut": Fault(CUT, answer(gzip.compress(GOOD)[:-14], "Content-Encoding: gzip")),
    "packed and cut at its checksum": Fault(CUT, answer(gzip.compress(GOOD)[:-4], "Content-Encoding: gzip")),
    "packed, next member cut": Fault(CUT, packed(GOOD[:9], end=gzip.compress(GOOD[9:])[:-14])),
    "packed, needless member cut": Fault(CUT, packed(GOOD, end=gzip.compress(b" ")[:-9])),
    "not packed at all": Fault(UNPACKABLE, answer(GOOD, "Content-Encoding: gzip")),
    "packed, then not packed": Fault(UNPACKABLE, packed(GOOD[:9], end=GOOD[9:])),
    "packed, then padded": Fault(UNPACKABLE, packed(GOOD, end=bytes(512))),
    "packed twice over": Fault("sent an answer that is not JSON", packed(GOOD, GOOD)),
    "bomb": Fault(TOO_LARGE, answer(bomb(), "Content-Encoding: gzip")),
    "bomb of many members": Fault(TOO_LARGE, packed(*[SPACES] * 9)),
    "bomb of empty members": Fault(
        f"sent its answer packed in more than {MOST_MEMBERS:,} pieces", packed(*[b""] * (MOST_MEMBERS + 1))
    ),
    "says it is too large": Fault(TOO_LARGE, says(head(f"Content-Length: {2**30}"))),
    "deep": Fault("sent an answer that is nested too deeply to be read", answer(b"[" * 200_000)),
    "401": Fault("wants a token; set OPS_BACKEND_TOKEN (HTTP 401: as asked)", refusal(401)),
    "403": Fault("wants a token; set OPS_BACKEND_TOKEN (HTTP 403: as asked)", refusal(403)),
    "404": Fault("does not offer this call (HTTP 404: as asked)", refusal(404)),
    "429": Fault("asks for fewer calls (HTTP 429: as asked)", refusal(429)),
    "429 for long": Fault(
        "asks for fewer calls, the next in 300 s at the earliest (HTTP 429: as asked)",
        refusal(429, "Retry-After: 86400"),
    ),
    "429 by a clock 2 h ahead": Fault(
        "asks for fewer calls, the next in 40 s at the earliest (HTTP 429: as asked)",
        refusal(429, f"Date: {DAY} 14:00:00 GMT", f"Retry-After: {DAY} 14:00:40 GMT"),
    ),
    "500": Fault("failed while answering (HTTP 500: as asked)", refusal(500)),
    "502 in HTML": Fault(
        "is not able to answer for the moment (HTTP 502)", answer(b"<h1>Oh", status="502 Bad Gateway")
    ),
    "503": Fault("is not able to answer for the moment (HTTP 503: as asked)", refusal(503)),
    "redirect to itself": Fault(f"answered with a redirect {REDIRECT}", redirect("/x")),
    "redirect elsewhere": Fault(
        f"answered with a redirect to login.example {REDIRECT}", redirect("https://login.example/?key=1")
    ),
    "redirect to nowhere": Fault(f"answered with a redirect {REDIRECT}", redirect("http://host:port/")),
    "no TLS": before_tls(
        "does not speak TLS at {at} as an https:// address should",
        answer(b"{}", status="400 Bad Request"),
    ),
    "no answer to TLS": before_tls(
        f"accepted the connection at {{at}}, but did not answer the TLS handshake within {SHORT / 2:g} s",
        never,
    ),
    "closed in TLS": before_tls("closed the connection at {at} during the TLS handshake", says(b"")),
    "reset in TLS": before_tls("broke the connection off at {at} before it was ready", broken),
    "TLS refused": before_tls(
        "could not agree with this dashboard on TLS at {at}: sslv3 alert handshake failure",
        says(b"\x15\x03\x03\x00\x02\x02\x28"),
    ),
    "TLS damaged": over_tls("sent TLS data that is damaged before answering", damaged()),
    "TLS damaged later": Fault(
        "sent TLS data that is damaged in the middle of its answer",
        damaged(head("Content-Length: 999"), GOOD[:-1]),
        https=True,
        certificate="good",
    ),
    "expired": over_tls("has a TLS certificate at {at} that has expired", certificate="expired"),
    "wrong name": over_tls(
        "has a TLS certificate at {at} that was made for another address", certificate="elsewhere"
    ),
    "self-signed": over_tls(
        "has a TLS certificate at {at} that it signed itself, which is not to be trusted",
        certificate="self-signed",
    ),
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def contexts(house: Authority) -> dict[str, ssl.SSLContext]:
    """What servers need that speak TLS, by the certificate they have."""
    return {
        "good": house.server("good"),
        "expired": house.server("expired", days=-1),
        "elsewhere": house.server("elsewhere", holds="IP:127.0.0.2,DNS:elsewhere.example"),
        "self-signed": house.self_signed(),
    }


@pytest.fixture(autouse=True)
def trusted(house: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(house.certificate))


async def read(client: BackendClient, seconds: float = PATIENT) -> Reading:
    said = await client.get("/x", timeout=seconds)
    return read_report(PoolReport, said.body, said.status)


async def failure(client: BackendClient, fault: Fault) -> BackendError:
    try:
        reading = await read(client, SHORT if "within" in fault.says else PATIENT)
    except BackendError as error:
        return error
    raise AssertionError(f"an answer came: {reading}")


@contextmanager
def no_lookups() -> Iterator[None]:
    def fails(*_: object, **__: object) -> None:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(socket, "getaddrinfo", fails)
        yield


async def played(fault: Fault, contexts: dict[str, ssl.SSLContext]) -> tuple[BackendError, str]:
    """The error that the fault makes and the backend's host and port, once the fault has ended."""
    with socket.socket() as at:
        at.bind(("127.0.0.1", 0))
        where = f"{'127.0.0.1' if fault.lookup else 'localhost'}:{at.getsockname()[1]}"
        client = BackendClient(f"{'https' if fault.https else 'http'}://{where}", apart=False)
        if not fault.lookup:
            with no_lookups():
                error = await failure(client, fault)
        elif fault.script is None:
            error = await failure(client, fault)
        else:
            tls = contexts.get(fault.certificate)
            async with raw_server(fault.script, asked=fault.asked, tls=tls, at=at):
                error = await failure(client, fault)
        async with raw_server(WHOLE, tls=contexts["good"] if fault.https else None, at=at):
            reading = await read(client)
        await client.aclose()
    assert isinstance(reading.report, PoolReport) and reading.report.active == 3
    return error, where


class Watching:
    """A collector of two sources on a clock that costs nothing, of which one is alert-critical."""

    def __init__(self) -> None:
        sources = [source for source in SOURCES if source.name in (ONE, CONTACT_PROBE)]
        self.loop = WarpedLoop()
        self.client = ScriptedClient(self.loop, sources)
        watch = Watch("backend", (), REFRESH, ALERT, TIMEOUT)
        self.collector = Collector(self.client, sources, watch, lambda *_: None, WarpedClock(self.loop))
        self._task = self.loop.create_task(self.collector.run())
        self.run(ROUNDING)

    def run(self, seconds: float) -> None:
        """Let time pass."""
        self.loop.run_until_complete(asyncio.sleep(seconds))

    def told(self, name: str = ONE) -> str:
        """The reason that the page gives for a source that fails; empty while it does not."""
        rows = sources_view(self.collector.snapshot(), ()).rows
        return next(row.reason for row in rows if row.name == name)

    @property
    def lost(self) -> bool:
        """Whether the page says that the backend cannot be reached."""
        return self.collector.snapshot().contact.lost

    def close(self) -> None:
        """End the collector."""
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            self.loop.run_until_complete(self._task)
        self.loop.close()


@pytest.fixture
def watching() -> Iterator[Watching]:
    watching = Watching()
    yield watching
    watching.close()


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_backend_fault_is_told_in_time_and_ends(
    fault: Fault, contexts: dict[str, ssl.SSLContext], watching: Watching, caplog: pytest.LogCaptureFixture
) -> None:
    error, where = asyncio.run(asyncio.wait_for(played(fault, contexts), 2 * PATIENT))
    assert error.sentence == fault.says.format(at=where)
    client, call = watching.client, longest(error)

    client.bodies[ONE], client.latency[ONE] = error, call
    watching.run(ALERT + call + ROUNDING)
    assert (watching.told(), watching.told(CONTACT_PROBE), watching.lost) == (error.sentence, "", False)

    client.everything, client.latency[CONTACT_PROBE] = error, call
    watching.run(SURELY)
    assert (watching.told(), watching.lost) == (error.sentence, fault.lost)

    client.bodies.clear()
    client.latency.clear()
    client.everything = None
    watching.run(max(CAP_SECONDS, error.retry_after or 0.0) + REFRESH)
    assert (watching.told(), watching.told(CONTACT_PROBE), watching.lost) == ("", "", False)
    assert not any(record.exc_info for record in caplog.records), "a fault of the backend has no traceback"


def test_flapping_statuses_are_followed_without_losing_contact(watching: Watching) -> None:
    for status in (401, 403, 404, 429, 500, 503, 401):
        error = refused(status, httpx.Headers(), None, token_use="sent", secret="", now=0.0)
        watching.client.bodies[ONE] = error
        watching.run(ALERT + ROUNDING)
        assert (watching.told(), watching.lost) == (error.sentence, False)
        watching.client.bodies.clear()
        watching.run(CAP_SECONDS + REFRESH)
        assert watching.told() == ""


WHOLE_ANSWERS = {
    "utf-16": answer(GOOD.decode().encode("utf-16")),
    "a byte order mark": answer(b"\xef\xbb\xbf" + GOOD),
    "another charset": answer(GOOD, "Content-Type: application/json; charset=latin-1"),
    "another type": answer(GOOD, "Content-Type: text/plain"),
    "NaN and 1e999": answer(b'{"connection_pool": {"idle": NaN, "active": 3, "max": 1e999}}'),
    "packed": packed(GOOD),
    "packed in members": packed(GOOD[:9], GOOD[9:20], GOOD[20:]),
    "packed in many members": packed(*(GOOD[i : i + 1] for i in range(len(GOOD)))),
    "packed with empty members": packed(b"", GOOD, b"", b""),
    "packed in chunks": chunks(*(gzip.compress(part) for part in (GOOD[:9], GOOD[9:])), each=1),
    "chunks": chunks(GOOD, each=7),
    "reset after its length": then_reset(WHOLE),
    "reset after its end": then_reset(says(head("Connection: close"), GOOD)),
    "reset after its chunks": then_reset(chunks(GOOD, each=len(GOOD), end=b"")),
}


@pytest.mark.parametrize("script", WHOLE_ANSWERS.values(), ids=WHOLE_ANSWERS)
async def test_odd_but_whole_answer_is_read(script: Script) -> None:
    async with raw_server(script) as at:
        client = BackendClient(f"http://{at}", apart=False)
        reading = await read(client)
        await client.aclose()
    assert isinstance(reading.report, PoolReport) and reading.report.active == 3


@pytest.mark.parametrize(
    ("ahead", "words"),
    [(7_200, "2 h ahead of"), (-7_200, "2 h behind"), (90, "1 min 30 s ahead of"), (2, "")],
)
def test_times_by_another_clock_are_shown_by_ours(ahead: int, words: str, world: World) -> None:
    world.client.clock_ahead = ahead + 0.4
    beat_at = world.collector.now() - 20
    world.client.bodies["ingestion_heartbeat"] = {"state": "online", "last_seen_unix": beat_at + ahead}
    world.start()
    world.run(ALERT)
    beat = world.snapshot.report("ingestion_heartbeat", HeartbeatReport)
    assert beat and beat.last_seen == pytest.approx(beat_at, abs=2.0)
    assert world.hub.news.page.shell.clock == (
        f"The backend's clock is {words} this dashboard's." if words else ""
    )


@pytest.mark.parametrize("hours", [2, -2])
async def test_answer_tells_the_backend_clock(hours: int) -> None:
    date = f"Date: {formatdate(time.time() + 3_600 * hours, usegmt=True)}"
    for lines, told in (((date,), True), ((date, "Age: 7"), False), (("Date: soon",), False), ((), False)):
        async with raw_server(answer(GOOD, *lines)) as at:
            client = BackendClient(f"http://{at}", apart=False)
            ahead = (await client.get("/x", timeout=PATIENT)).clock_ahead
            await client.aclose()
        assert ahead == (pytest.approx(3_600 * hours, abs=60) if told else None)


def test_sick_component_shows_though_health_answers_503(world: World) -> None:
    world.client.status["health"] = 503
    world.client.bodies["health"] = {
        "status": "unhealthy",
        "components": {"redis": {"status": "unhealthy", "message": "Connection refused"}},
    }
    world.start()
    world.run(ALERT)
    health = world.hub.news.page.health
    assert (health.word, health.reasons) == ("Down", "Redis down.") and not world.source("health").reason


def longest(error: BackendError) -> float:
    """How long a call takes, with the settings' own limits, until it ends with this error."""
    if isinstance(error, TimedOut):
        return TIMEOUT
    return 2 * CONNECT_SECONDS if "within" in error.sentence else 0.0
