"""Reads what the audit tools answer: what was checked, what was found, and what was not checked for which reason.

An answer counts for the packages that it names and for no others: both tools end as if all were well when a service
knows nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CLEAN, FOUND, NOT_CHECKED = 0, 1, 2
"""Exit codes. Findings outrank what was not checked."""
_LONGEST_REASON = 400
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking about the packages of one file."""

    about: str
    asked: int
    """Number of packages."""
    findings: tuple[str, ...] = ()
    """One sentence for each known vulnerability."""
    unchecked: str = ""
    """Why some or all were not checked; empty when all were."""

    @property
    def code(self) -> int:
        """The exit code for this answer alone."""
        return FOUND if self.findings else NOT_CHECKED if self.unchecked else CLEAN


def read_pip_audit(about: str, pinned: Mapping[str, str], stdout: str, stderr: str) -> Answer:
    """The answer of `pip-audit --format json` about ``pinned``: versions by name."""
    try:
        told = {one["name"]: one for one in json.loads(stdout)["dependencies"]}
        checked = {name for name, one in told.items() if pinned.get(name) == one.get("version")}
        findings = tuple(
            f"{name} {one['version']}: {bug['id']}{_fixed_in(bug['fix_versions'])}"
            for name, one in told.items()
            for bug in one.get("vulns", ())
        )
    except (ValueError, KeyError, TypeError):
        return Answer(about, len(pinned), unchecked=_failed("pip-audit", _last_line(stderr)))
    missing = sorted(pinned.keys() - checked)
    why = next((told[name]["skip_reason"] for name in missing if "skip_reason" in told.get(name, {})), "")
    reason = f"{_named(missing)}: {_cut(why) or 'the answer does not name this version'}." if missing else ""
    return Answer(about, len(pinned), findings, reason)


def read_npm_audit(about: str, asked: int, stdout: str, stderr: str) -> Answer:
    """The answer of `npm audit --json` about a lock with so many packages."""
    try:
        told: dict[str, Any] = json.loads(stdout)
        if "error" in told or not told["metadata"]["dependencies"]["total"]:
            reason = str(told.get("message", "")) or "the answer is about no package"
            return Answer(about, asked, unchecked=_failed("npm audit", reason))
        findings = tuple(
            f"{name} ({one['severity']}): {_advisories(one['via'])}"
            for name, one in sorted(told["vulnerabilities"].items())
        )
    except (ValueError, KeyError, TypeError):
        return Answer(about, asked, unchecked=_failed("npm audit", _last_line(stderr)))
    return Answer(about, asked, findings)


def report(answers: list[Answer]) -> tuple[str, int]:
    """The text for people, and the exit code."""
    lines: list[str] = []
    for answer in answers:
        if answer.unchecked:
            lines.append(f"NOT CHECKED: {answer.about}, {answer.asked} packages. {answer.unchecked}")
        if answer.findings:
            lines.append(f"FOUND: {answer.about}, {len(answer.findings)} with known vulnerabilities:")
            lines += [f"  {finding}" for finding in answer.findings]
        if answer.code == CLEAN:
            lines.append(f"Clean: {answer.about}, {answer.asked} packages without a known vulnerability.")
    if any(answer.unchecked for answer in answers):
        lines.append(
            "What was not checked may be vulnerable. The audit needs the advisory services of PyPI and npm: run it "
            "where they can be reached (a mirror often does not pass these questions on), or see the job `audit` "
            "on GitHub."
        )
    codes = {answer.code for answer in answers}
    return "\n".join(lines), FOUND if FOUND in codes else max(codes, default=NOT_CHECKED)


def _advisories(via: list[Any]) -> str:
    texts = [f"{one['title']}, {one['url']}" if isinstance(one, dict) else f"through {one}" for one in via]
    return "; ".join(texts)


def _fixed_in(versions: list[str]) -> str:
    return f", fixed in {', '.join(versions)}" if versions else ", not fixed yet"


def _failed(tool: str, reason: str) -> str:
    return f"{tool} got no answer: {_cut(reason) or 'it does not say why'}."


def _named(names: list[str]) -> str:
    return ", ".join(names[:_MOST_NAMED]) + (
        f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    )


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_REASON else f"{text[:_LONGEST_REASON]}…"
