"""Watches the browser's console: a page that works prints no error."""

import re

from playwright.sync_api import ConsoleMessage, Error, Page


class Console:
    """Collects what a page reports as an error: on the console, or an exception nobody caught."""

    def __init__(self, page: Page) -> None:
        self._errors: list[str] = []
        self._allowed: list[re.Pattern[str]] = []
        page.on("console", self._on_message)
        page.on("pageerror", self._on_exception)

    def allow(self, pattern: str) -> None:
        """Let errors pass that match a regular expression, as when the test takes the server away."""
        self._allowed.append(re.compile(pattern))

    def unexpected(self) -> list[str]:
        """The errors that were not allowed."""
        return [text for text in self._errors if not any(allowed.search(text) for allowed in self._allowed)]

    def _on_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._errors.append(f"{message.text} ({message.location.get('url', '')})")

    def _on_exception(self, error: Error) -> None:
        self._errors.append(str(error))
