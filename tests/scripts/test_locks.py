"""The locks in requirements/: whole, of hashes, agreeing with pyproject.toml and with what is tested."""

from __future__ import annotations

import importlib
import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
HASH = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}(?: \\)?")
ROLES = ("collector", "workbench", "run", "docs", "test")


@pytest.fixture
def locks(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return importlib.import_module("locks")


def pinned(block: str) -> Requirement:
    """What a lock has of a package for this Python, without its hashes; the first of its versions where it has none."""
    lines = (line.removesuffix("\\").strip() for line in block.splitlines() if not line.startswith(" "))
    versions = [Requirement(line) for line in lines]
    return next((one for one in versions if one.marker is None or one.marker.evaluate()), versions[0])


def version_of(block: str) -> str:
    return str(next(iter(pinned(block).specifier)).version)


def asked_for(extras: str, held: dict[str, str]) -> dict[str, Requirement]:
    """What pyproject.toml names for these extras, and what those packages need themselves, on this machine."""
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
    for extra in extras.split(","):
        wanted += PROJECT["project"]["optional-dependencies"][extra]
    waiting = [Requirement(text) for text in wanted]
    found: dict[str, Requirement] = {}
    while waiting:
        one = waiting.pop()
        if canonicalize_name(one.name) == "kuule":
            waiting += [Requirement(t) for e in one.extras for t in PROJECT["project"]["optional-dependencies"][e]]
            continue
        key = f"{canonicalize_name(one.name)}[{','.join(sorted(one.extras))}] {one.specifier}"
        if key in found:
            continue
        found[key] = one
        waiting += needed_by(one, held)
    return found


def needed_by(one: Requirement, held: dict[str, str]) -> list[Requirement]:
    """What the locked version needs: known where it is that version which is installed here."""
    try:
        here, texts = version(one.name), requires(one.name) or []
    except PackageNotFoundError:
        return []
    if here != held.get(canonicalize_name(one.name)):
        return []
    needed = [Requirement(text) for text in texts]
    extras = ["", *one.extras]
    return [need for need in needed if not need.marker or any(need.marker.evaluate({"extra": e}) for e in extras)]


@pytest.mark.parametrize("role", ROLES)
def test_lock_covers_all_that_pyproject_asks_for(locks: ModuleType, role: str) -> None:
    held = {canonicalize_name(name): version_of(block) for name, block in locks.read(ROOT, role).items()}
    wanted = asked_for(locks.ROLES[role][0], held)
    absent = sorted({one.name for one in wanted.values() if canonicalize_name(one.name) not in held})
    assert absent == [], "run: make pins"
    unfit = {
        str(one): held[canonicalize_name(one.name)]
        for one in wanted.values()
        if not one.specifier.contains(held[canonicalize_name(one.name)], prereleases=True)
    }
    assert unfit == {}, "run: make pins"


@pytest.mark.parametrize("name", [*ROLES, "models", "pins"])
def test_lock_has_hashes_of_every_package_and_nothing_else(locks: ModuleType, name: str) -> None:
    lines = locks.path_of(ROOT, name).read_text("utf-8").splitlines()
    known = {line for block in locks.blocks("\n".join(lines) + "\n").values() for line in block.splitlines()}
    assert [line for line in lines if line not in known and not line.startswith(("#", "-r "))] == []
    for block in locks.blocks("\n".join(lines) + "\n").values():
        for each in re.split(r"\n(?=\S)", block.rstrip("\n")):
            first, *hashes = each.splitlines()
            assert re.fullmatch(r"[a-z0-9.-]+==[^ ]+(?: ; .+)? \\", first), first
            assert hashes
            assert [line for line in hashes if not HASH.fullmatch(line)] == []


def test_no_package_is_locked_twice(locks: ModuleType) -> None:
    every = [name for role in (*ROLES, "models") for name in locks.blocks(locks.path_of(ROOT, role).read_text("utf-8"))]
    assert sorted(every) == sorted(set(every))


def test_what_is_tested_is_what_is_locked(locks: ModuleType) -> None:
    apart = {}
    for name, block in locks.read(ROOT, "test").items():
        marker = pinned(block).marker
        if (marker is None or marker.evaluate()) and name != "setuptools":
            try:
                here = version(name)
            except PackageNotFoundError:
                here = "absent"
            if here != version_of(block):
                apart[name] = (here, version_of(block))
    assert apart == {}, "run: make test"


def test_blocks_of_a_lock_are_read_with_and_without_hashes(locks: ModuleType) -> None:
    assert locks.blocks("a==1\nb-c==2.0 ; sys_platform == 'win32'\n") == {
        "a": "a==1\n",
        "b-c": "b-c==2.0 ; sys_platform == 'win32'\n",
    }
    text = (
        "# head\n-r other.txt\na==1 \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\nb==2 \\\n    --hash=sha256:22\n"
    )
    assert list(locks.blocks(text)) == ["a", "b"]
    assert locks.blocks(text)["a"] == "a==1 \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\n"


def test_lock_is_read_back_as_written_with_those_below_it(locks: ModuleType, tmp_path: Path) -> None:
    below, above = {"a": "a==1 \\\n    --hash=sha256:00\n"}, {"b": "b==2 \\\n    --hash=sha256:11\n"}
    locks.write(tmp_path, "collector", below)
    locks.write(tmp_path, "workbench", above)
    assert locks.read(tmp_path, "collector") == below
    assert locks.read(tmp_path, "workbench") == below | above
    assert "\n-r collector.txt\n" in locks.path_of(tmp_path, "workbench").read_text("utf-8")


def test_package_at_a_version_for_each_python_keeps_all_of_them(locks: ModuleType) -> None:
    older, newer = (
        "a==1 ; python_version < '3.12' \\\n    --hash=x\n",
        "a==2 ; python_version >= '3.12' \\\n    --hash=y\n",
    )
    assert locks.blocks(older + newer) == {"a": older + newer}
