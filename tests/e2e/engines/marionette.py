"""Firefox's own remote protocol as a connection of Selenium's.

It stands for geckodriver, which neither Debian nor PyPI has. A message is its length in decimal, a colon and JSON:
[0, number, command, parameters] to the browser, [1, number, error, result] back.
"""

import json
import socket
from typing import Any

from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.remote_connection import RemoteConnection

_ANSWER_SECONDS = 120
_NAMES = {
    Command.GET: "Navigate",
    Command.GO_BACK: "Back",
    Command.GO_FORWARD: "Forward",
    Command.CLICK_ELEMENT: "ElementClick",
    Command.CLEAR_ELEMENT: "ElementClear",
    Command.SEND_KEYS_TO_ELEMENT: "ElementSendKeys",
    Command.GET_CURRENT_URL: "GetCurrentURL",
    Command.SCREENSHOT: "TakeScreenshot",
    Command.QUIT: "DeleteSession",
    Command.W3C_ACTIONS: "PerformActions",
    Command.W3C_GET_ACTIVE_ELEMENT: "GetActiveElement",
    Command.W3C_EXECUTE_SCRIPT: "ExecuteScript",
}
"""What both name differently; other commands have Selenium's name with a capital letter."""


class Marionette(RemoteConnection):
    """A connection to a Firefox that listens on a port of this machine."""

    def __init__(self, port: int) -> None:
        super().__init__(client_config=ClientConfig(f"http://127.0.0.1:{port}"))
        self._socket = socket.create_connection(("127.0.0.1", port), _ANSWER_SECONDS)
        self._stream = self._socket.makefile("rwb")
        self._number = 0
        self._read()  # what it says of itself

    def execute(self, command: str, params: dict[str, Any]) -> dict[str, Any]:
        """Let the browser do something; gives its answer as Selenium expects it of a server."""
        self._number += 1
        name = _NAMES.get(command, command[0].upper() + command[1:])
        given = {key: value for key, value in params.items() if key != "sessionId"}
        message = json.dumps([0, self._number, f"WebDriver:{name}", given]).encode()
        self._stream.write(b"%d:%s" % (len(message), message))
        self._stream.flush()
        _, _, error, result = self._read()
        if error:
            return {"status": 500, "value": json.dumps({"value": error})}
        return {
            "value": result["value"] if isinstance(result, dict) and result.keys() == {"value"} else result
        }

    def close(self) -> None:
        """Hang up."""
        self._stream.close()
        self._socket.close()
        super().close()

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            byte = self._stream.read(1)
            if not byte:
                raise ConnectionError("Firefox has hung up")
            length += byte
        return json.loads(self._stream.read(int(length[:-1])))
