"""Build hook of the wheel: it must hold the built frontend, so that its users need no Node.js."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class RequireBuiltFrontend(BuildHookInterface[Any]):
    """Refuses to make a wheel without the built frontend; an editable install may be made before it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Check before anything is packed.

        Raises:
            RuntimeError: the frontend is not built.
        """
        stamp = Path(self.root, "ops_dashboard", "_site", "web", "build.json")
        if version != "editable" and not stamp.is_file():
            raise RuntimeError("The wheel ships the built frontend: run `make build` first.")
