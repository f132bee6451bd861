"""From the bytes of an answer to data: JSON, or plain text where that is asked for."""

import json
import math

from ops_dashboard.backend.errors import BadBody
from ops_dashboard.backend.receive import Reply

TOO_DEEP = "sent an answer that is nested too deeply to be read"


def decode(reply: Reply, *, text: bool = False) -> object:
    """The body as JSON data, or as a string when ``text`` is asked for; None for a status that has no body.

    NaN and Infinity are let through: judging single values is the parser's part. An answer whose
    connection broke is an answer all the same when an object or a list had come in whole.

    Raises:
        BadBody: when the body cannot be read.
    """
    if reply.status in (204, 205):
        return None
    fault = reply.fault or _not_data(reply)
    body: object = None
    if not fault or (reply.content and not text):
        body, unreadable = _read(reply.content, text=text)
        if reply.fault and isinstance(body, dict | list):
            return body
        fault = fault or unreadable
    if fault:
        raise BadBody(fault, status=reply.status, outcome_unknown=True)
    return body


def _not_data(reply: Reply) -> str:
    if not reply.content.strip():
        return "gave an empty answer"
    html = "html" in reply.headers.get("content-type", "").lower()
    if html or reply.content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "answered with a web page instead of data, as a login page or a proxy does"
    return ""


def _read(content: bytes, *, text: bool) -> tuple[object, str]:
    """The data and "", or None and what is wrong with the content."""
    try:
        if text:
            return content.decode("utf-8-sig"), ""
        return json.loads(content, parse_int=_integer), ""
    except json.JSONDecodeError as error:
        at_the_end = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated")
        return None, "sent an answer that is cut short" if at_the_end else "sent an answer that is not JSON"
    except UnicodeDecodeError:
        return None, "sent an answer with broken characters (not UTF-8)"
    except RecursionError:
        return None, TOO_DEEP


def _integer(digits: str) -> int | float:
    """An integer; infinite when absurdly long, so that it costs its own field and not the whole answer."""
    try:
        return int(digits)
    except ValueError:
        return math.copysign(math.inf, -1 if digits.startswith("-") else 1)
