"""The list of components (SBOM) that the wheel carries: what it installs, and what its page is made of.

The same sources give the same bytes: no clock, no random number, no name of a machine or registry.
"""

# The library's class decorators hide what its classes hold.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false

import base64
import json
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.npm_lock import NpmPackage, bundled_packages
from scripts.pins import Pin, needed_for, read_pins

LOCK = "reflex.lock/package-lock.json"
BUNDLED = "ops_dashboard/_site/web/build/client/licences.json"


def sbom(root: Path, version: str, made_at: datetime) -> str:
    """The components in CycloneDX's JSON.

    Of the npm packages it names those that the build has put into the page's scripts, and none of its tools.

    Args:
        root: the checkout.
        version: of the project.
        made_at: the moment it is dated with.

    Raises:
        ValueError: the built frontend is not of these sources.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    itself = _component(PackageURL("pypi", None, project["name"], version), ComponentType.APPLICATION)
    bom = Bom(serial_number=uuid5(NAMESPACE_URL, _digest_of_inputs(root, version)))
    bom.metadata.timestamp = made_at
    bom.metadata.component = itself
    _add_python(bom, itself, read_pins(root / "constraints.txt"), project)
    _add_npm(bom, itself, bundled_packages(root / LOCK, root / BUNDLED))
    return make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2) + "\n"


def _add_python(bom: Bom, itself: Component, pins: dict[str, Pin], project: dict[str, Any]) -> None:
    always = _names(project["dependencies"])
    on_demand = _names(project["optional-dependencies"]["postgresql"])
    needed = needed_for(pins, always)
    components = {
        name: _component(
            PackageURL("pypi", None, name, pin.version),
            # The others are installed on some platforms, or with an extra.
            required=name in needed and pin.requirement.marker is None,
        )
        for name, pin in needed_for(pins, [*always, *on_demand]).items()
    }
    for name, component in components.items():
        bom.components.add(component)
        bom.register_dependency(
            component, [other for key, other in components.items() if name in pins[key].wanted_by]
        )
    bom.register_dependency(itself, [components[name] for name in (*always, *on_demand)])


def _add_npm(bom: Bom, itself: Component, packages: dict[str, NpmPackage]) -> None:
    components: dict[str, Component] = {}
    by_purl: dict[str, Component] = {}
    for path, package in packages.items():
        scope, _, name = package.name.rpartition("/")
        purl = PackageURL("npm", scope or None, name, package.version)
        # The same version may lie in two places.
        component = _component(purl, integrity=package.integrity)
        if package.licence:
            component.licenses.add(LicenseFactory().make_from_string(package.licence))
        components[path] = by_purl.setdefault(str(purl), component)
    for path, component in components.items():
        bom.components.add(component)
        bom.register_dependency(component, [components[other] for other in packages[path].needs])
    bom.register_dependency(itself, [components[path] for path, one in packages.items() if one.direct])


def _component(
    purl: PackageURL,
    type: ComponentType = ComponentType.LIBRARY,
    *,
    required: bool = True,
    integrity: str = "",
) -> Component:
    return Component(
        name=f"{purl.namespace}/{purl.name}" if purl.namespace else purl.name,
        version=purl.version,
        purl=purl,
        bom_ref=str(purl),
        type=type,
        scope=ComponentScope.REQUIRED if required else ComponentScope.OPTIONAL,
        hashes=[HashType(alg=HashAlgorithm.SHA_512, content=_hex(integrity))] if integrity else (),
    )


def _hex(integrity: str) -> str:
    return base64.b64decode(integrity.removeprefix("sha512-")).hex()


def _names(requirements: list[str]) -> list[str]:
    return [canonicalize_name(Requirement(text).name) for text in requirements]


def _digest_of_inputs(root: Path, version: str) -> str:
    files = ("pyproject.toml", "constraints.txt", LOCK, BUNDLED)
    return json.dumps([version, *((root / name).read_text(encoding="utf-8") for name in files)])
