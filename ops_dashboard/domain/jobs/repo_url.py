"""Addresses of repositories, as people write them, rewritten to the one form that is sent."""

import re
from dataclasses import dataclass

MAX_LENGTH = 2048

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://(.*)", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"(javascript|data|file|mailto|vbscript|about|blob|view-source):", re.IGNORECASE)
_SSH = re.compile(r"git@([^:/@]+):(?!\d+/)/?(.*)", re.IGNORECASE)
"""As "git clone" takes it: ``git@host:owner/repo``."""
_SCHEMES = ("http", "https", "git", "ssh", "git+ssh")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
_PORT = re.compile(r"\d{1,5}")
_HIGHEST_PORT = 65_535
_SEGMENT = re.compile(r"[A-Za-z0-9_.~+-]+")
_PAGES = frozenset({"-", "tree", "blob", "commit", "commits", "issues", "pull", "pulls"})
"""What follows a repository's name in the address of one of its pages."""

EXAMPLE = "github.com/owner/repo"


@dataclass(frozen=True, slots=True)
class RepoUrl:
    """An address that can be sent: ``sent`` is ``host/owner/repo``, without scheme and ".git"."""

    sent: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an address is not sent; the sentence repeats nothing of it."""

    sentence: str


def repo_url(text: str) -> RepoUrl | Refused:
    """Read an address with or without scheme, or in the form of ssh.

    >>> repo_url("https://GitHub.com/acme/core.git")
    RepoUrl(sent='github.com/acme/core')
    """
    address = text.strip(" \t\r\n")
    if why := _unfit(address):
        return Refused(why)
    bare, ssh = _without_scheme(address)
    if isinstance(bare, Refused):
        return bare
    host, _, path = bare.partition("/")
    if "@" in host:
        user, _, host = host.rpartition("@")
        if not (ssh and user == "git"):
            return Refused("Leave out user name and password: they would be stored with the job.")
    if "?" in path or "#" in path or "?" in host or "#" in host:
        return Refused('Leave out what begins with "?" or "#".')
    host, _, port = host.lower().partition(":")
    if not _HOST.fullmatch(host):
        return Refused(f"It begins with no host's name; write it as {EXAMPLE}.")
    if port and not (_PORT.fullmatch(port) and 0 < int(port) <= _HIGHEST_PORT):
        return Refused("What follows the host is no port.")
    segments = _segments(path)
    if isinstance(segments, Refused):
        return segments
    place = host if ssh or not port else f"{host}:{port}"
    return RepoUrl("/".join((place, *segments)))


def address(name: str) -> str:
    """The form in which the repository of this name is sent, however it is spelt; else the name as it is."""
    known = repo_url(name)
    return known.sent if isinstance(known, RepoUrl) else name


def _unfit(address: str) -> str:
    """Why a text is no address at all; empty where it may be one."""
    if not address:
        return f"Write the address of a repository, such as {EXAMPLE}."
    if len(address) > MAX_LENGTH:
        return f"It is longer than {MAX_LENGTH:,} characters."
    if any(char.isspace() for char in address):
        return "An address has no spaces or line breaks; submit one repository at a time."
    if not address.isprintable():
        return "It holds characters that cannot be seen."
    if not address.isascii():
        return (
            "It holds characters that no address of a repository has: only a-z, 0-9 and . _ ~ + - / are sent."
        )
    return ""


def _without_scheme(address: str) -> tuple[str | Refused, bool]:
    """The address after its scheme, and whether it was one of ssh."""
    if ssh := _SSH.fullmatch(address):
        return f"{ssh[1]}/{ssh[2]}", True
    if found := _SCHEME.fullmatch(address):
        scheme = found[1].lower()
        if scheme not in _SCHEMES:
            return Refused(
                f'Addresses of the kind "{scheme[:20]}:" are not sent; write it as {EXAMPLE}.'
            ), False
        return found[2], scheme.endswith("ssh")
    if other := _OTHER_SCHEME.match(address):
        return Refused(
            f'Addresses of the kind "{other[1].lower()}:" are not sent; write it as {EXAMPLE}.'
        ), False
    if address.startswith(("/", ".", "~", "\\")):
        return Refused(f"It is the path of a file; write it as {EXAMPLE}."), False
    return address, False


def _segments(path: str) -> list[str] | Refused:
    """Owner and repository, and what groups stand between them."""
    segments = path.rstrip("/").split("/")
    if len(path) - len(path.rstrip("/")) > 1 or (path and "" in segments):
        return Refused('It holds "//".')
    if any(".." in segment or segment == "." for segment in segments):
        return Refused('It holds ".." or ".", which lead elsewhere.')
    if len(segments) < 2:
        return Refused(
            f"It names no repository: after the host come its owner and its name, as in {EXAMPLE}."
        )
    for segment in segments:
        if not _SEGMENT.fullmatch(segment):
            return Refused(
                "It holds characters that no address of a repository has: only a-z, 0-9 and . _ ~ + - / are sent."
            )
        if segment[0] == "-" and segment != "-":
            return Refused('A part of it begins with "-".')
    if _PAGES & set(segments[2:]):
        return Refused(
            "It is the address of a page within a repository: leave out what follows the repository's name."
        )
    segments[-1] = segments[-1].removesuffix(".git")
    if not segments[-1]:
        return Refused("The repository has no name.")
    return segments
