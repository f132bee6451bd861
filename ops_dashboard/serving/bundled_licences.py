"""Has the build note which packages the page's scripts are made of, with their licences.

The lock file cannot tell: some of what it takes for tools of the build ends in the page, and some of the rest does not.
"""

from typing import Any

from reflex_base import constants
from reflex_base.plugins.base import Plugin

LICENCES = "licences.json"
"""Beside the pages: a list of objects with name, version, identifier and text of the licence."""
_BUILD = "\n  build: {\n"
_OPTION = f'    license: {{ fileName: "{LICENCES}" }},\n'


def note_licences(vite_config: str) -> str:
    """Change Reflex's configuration of Vite, changed before or not, to write the list.

    Raises:
        RuntimeError: the configuration is not what this version of Reflex is known to hold.
    """
    text = vite_config.replace(_OPTION, "")
    if text.count(_BUILD) != 1:
        raise RuntimeError(
            "BundledLicences does not know this version of Reflex: vite.config.js has changed."
        )
    return text.replace(_BUILD, _BUILD + _OPTION)


class BundledLicences(Plugin):
    """Reflex plugin that leaves `licences.json` in the build."""

    def pre_compile(self, **context: Any) -> None:
        """Register the change of Vite's configuration."""
        context["add_modify_task"](constants.ReactRouter.VITE_CONFIG_FILE, note_licences)
