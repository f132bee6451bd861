"""Build hook of the wheel: it must hold the built frontend, and a list of what it is made of."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.builders.utils import get_reproducible_timestamp


class ShipBuiltFrontend(BuildHookInterface[Any]):
    """Refuses to make a wheel without the built frontend; an editable install may be made before it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Check before anything is packed, and write the list of components for the wheel's metadata.

        Raises:
            RuntimeError: the frontend is not built.
            ValueError: it was built of other sources.
        """
        if version == "editable":
            return
        if not Path(self.root, "ops_dashboard", "_site", "web", "build.json").is_file():
            raise RuntimeError("The wheel ships the built frontend: run `make build` first.")
        # The directory of the project is not on the path of a build in isolation.
        sys.path.insert(0, self.root)
        from scripts.sbom import sbom

        made_at = datetime.fromtimestamp(get_reproducible_timestamp(), UTC)
        listed = Path(self.root, "build", f"{self.metadata.core.name}.cdx.json")
        listed.parent.mkdir(exist_ok=True)
        listed.write_text(sbom(Path(self.root), self.metadata.version, made_at), encoding="utf-8")
        build_data["sbom_files"].append(str(listed.relative_to(self.root)))
