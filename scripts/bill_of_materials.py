"""The list of everything that a release is made of and brings along, in CycloneDX 1.6 (JSON).

It is made of the locks in requirements/, so that it names the very files that an installation may take, by their
hashes. Licences and who needs whom come from the metadata of the environment that it runs in, where the locked version
is installed. Standard library only; nothing in it tells when or where it was made, but for the time that is handed in.
"""

from __future__ import annotations

import re
import tomllib
import uuid
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import locks

FORMAT = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1}
ROLES = ("collector", "workbench", "run")
"""The roles whose packages a release brings, the smallest first. Those that only tests need are not in it."""
_LINE = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)\s*(?:;\s*(?P<marker>[^\\]+?))?\s*\\?$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_NEEDS = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)")


@dataclass(frozen=True)
class LockedPackage:
    """One version of a package in a lock: the machines that it is for, the smallest role that has it, its hashes."""

    name: str
    version: str
    marker: str
    role: str
    hashes: tuple[str, ...]

    @property
    def purl(self) -> str:
        """Its package URL, by which such lists name it."""
        return f"pkg:pypi/{self.name}@{self.version}"


def locked_packages(root: Path) -> list[LockedPackage]:
    """Every version that a release may bring, by name."""
    found: list[LockedPackage] = []
    seen: set[str] = set()
    for role in ROLES:
        for name, block in locks.read(root, role).items():
            if name not in seen:
                found += _versions_of(block, role)
                seen.add(name)
    return sorted(found, key=lambda package: (package.name, package.version))


def _versions_of(block: str, role: str) -> list[LockedPackage]:
    packages: list[LockedPackage] = []
    for part in re.split(r"^(?=\S)", block, flags=re.MULTILINE):
        if head := _LINE.match(part.split("\n", 1)[0]):
            marker = (head["marker"] or "").strip()
            packages.append(LockedPackage(head["name"], head["version"], marker, role, tuple(_HASH.findall(part))))
    return packages


def bill_of_materials(root: Path, *, version: str, at: str) -> dict[str, Any]:
    """The whole document for one version of Kuule, `at` the time of its commit (ISO 8601, in UTC)."""
    packages = locked_packages(root)
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    builders = {_plain(_name_in(text)) for text in project["build-system"]["requires"]}
    wanted = {**project["project"], "name": "kuule"}
    own = f"pkg:pypi/kuule@{version}"
    return {
        **FORMAT,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, own + at)}",
        "metadata": {
            "timestamp": at,
            "component": {
                "type": "application", "bom-ref": own, "name": "kuule", "version": version, "purl": own,
                "description": wanted["description"], "licenses": [{"expression": wanted["license"]}],
            },
        },
        "components": [_component(package, built_with=package.name in builders) for package in packages],
        "dependencies": _dependencies(own, _asked_for(wanted), packages),
    }  # fmt: skip


def _asked_for(project: dict[str, Any]) -> set[str]:
    """What Kuule itself names for the largest of these roles; an extra may name further ones of its own."""
    wanted, extras = list(project["dependencies"]), locks.ROLES[ROLES[-1]][0].split(",")
    for extra in extras:
        for text in project["optional-dependencies"][extra]:
            if own := re.fullmatch(r"kuule\[([a-z,]+)\]", text):
                extras += [one for one in own[1].split(",") if one not in extras]
            else:
                wanted.append(text)
    return {_plain(_name_in(text)) for text in wanted}


def _component(package: LockedPackage, *, built_with: bool) -> dict[str, Any]:
    said: dict[str, Any] = {
        "type": "library", "bom-ref": package.purl, "name": package.name, "version": package.version,
        "scope": "excluded" if built_with else "required", "purl": package.purl,
        # one of these files is taken, as the machine is; the address is its package URL, from whatever index
        "externalReferences": [
            {"type": "distribution", "url": package.purl, "hashes": [{"alg": "SHA-256", "content": each}]}
            for each in package.hashes
        ],
        "properties": [{"name": "kuule:role", "value": package.role}],
    }  # fmt: skip
    if package.marker:
        said["properties"].append({"name": "kuule:only-where", "value": package.marker})
    if licences := _licences(package):
        said["licenses"] = licences
    return said


def _installed(package: LockedPackage) -> Distribution | None:
    try:
        found = distribution(package.name)
    except PackageNotFoundError:
        return None
    return found if found.version == package.version else None


def _licences(package: LockedPackage) -> list[dict[str, Any]]:
    installed = _installed(package)
    if installed is None:
        return []
    if expression := _said(installed, "License-Expression"):
        return [{"expression": expression}]
    classifiers = installed.metadata.get_all("Classifier") or []
    names = [each.split(" :: ")[-1] for each in classifiers if each.startswith("License :: ") and each.count("::") > 1]
    short = _said(installed, "License")
    if not names and short and "\n" not in short and len(short) <= 80:
        names = [short]
    return [{"license": {"name": name}} for name in names]


def _said(installed: Distribution, field: str) -> str:
    return str(installed.metadata[field]).strip() if field in installed.metadata else ""


def _dependencies(own: str, direct: set[str], packages: list[LockedPackage]) -> list[dict[str, Any]]:
    by_name: dict[str, list[str]] = {}
    for package in packages:
        by_name.setdefault(_plain(package.name), []).append(package.purl)
    needs = [(own, direct), *((package.purl, _needed_by(package)) for package in packages)]
    return [
        {"ref": purl, "dependsOn": sorted(one for name in names for one in by_name.get(name, []) if one != purl)}
        for purl, names in needs
    ]


def _needed_by(package: LockedPackage) -> set[str]:
    installed = _installed(package)
    needed = (installed.requires if installed else None) or []
    return {_plain(_name_in(text)) for text in needed if "extra ==" not in text}


def without_metadata(root: Path) -> list[str]:
    """Packages for every machine whose locked version is not installed here, so that nothing is known of them."""
    return [package.name for package in locked_packages(root) if not package.marker and _installed(package) is None]


def _name_in(requirement: str) -> str:
    found = _NEEDS.match(requirement)
    return found[1] if found else ""


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
