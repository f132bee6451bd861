"""Makes one build work on any host and port: the browser talks to the origin the page came from.

Reflex bakes the backend's address into the build; in the browser it swaps the host name when that is a
local one, and drops the port under https. Both are replaced in the source before it is bundled, so that
the change is part of the hash in the bundle's name, which browsers keep for good.
"""

import re
from typing import Any

from reflex_base import constants
from reflex_base.plugins.base import Plugin

_LOCAL_HOSTS = re.compile(r"const SAME_DOMAIN_HOSTNAMES = \[[^\]]*\];")
_NO_LOCAL_HOSTS = "const SAME_DOMAIN_HOSTNAMES = [];"
_BAKED_URL = re.compile(r"const endpoint = (?:atPageOrigin\()?new URL\(url_str\)\)?;")
_PAGE_URL = "const endpoint = atPageOrigin(new URL(url_str));"
_MARK = "\n/* ops-dashboard: the page's own origin */\n"
# Setting `host` alone would keep a port that is already in the URL.
_HELPER = """\
function atPageOrigin(url) {
  if (typeof window === "undefined") return url;
  const secure = window.location.protocol === "https:";
  url.protocol = (url.protocol.startsWith("ws") ? "ws" : "http") + (secure ? "s:" : ":");
  url.hostname = window.location.hostname;
  url.port = window.location.port;
  return url;
}
"""


def use_page_origin(state_js: str) -> str:
    """Change Reflex's `utils/state.js`, changed before or not, to use the page's origin.

    Raises:
        RuntimeError: the code is not what this version of Reflex is known to hold.
    """
    text, hosts = _LOCAL_HOSTS.subn(_NO_LOCAL_HOSTS, state_js.split(_MARK)[0])
    text, urls = _BAKED_URL.subn(_PAGE_URL, text)
    if (hosts, urls) != (1, 1):
        raise RuntimeError("SameOriginEnv does not know this version of Reflex: utils/state.js has changed.")
    return text + _MARK + _HELPER


class SameOriginEnv(Plugin):
    """Reflex plugin that replaces the baked backend address by the page's own origin."""

    def pre_compile(self, **context: Any) -> None:
        """Register the change of the browser's source."""
        context["add_modify_task"](f"{constants.Dirs.UTILS}/state.js", use_page_origin)
