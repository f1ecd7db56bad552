"""Renewing the locks: each role gets its part of one resolution. A stand-in writes what the resolver would write."""

from __future__ import annotations

import importlib
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
STAND_IN = """\
#!{python}
import sys
said = sys.argv[1:]
open({log!r}, "a").write(" ".join(said) + "\\n")
if {breaks}:
    sys.exit("no such package: listens")
extras = {{one for flag, one in zip(said, said[1:]) if flag == "--extra"}}
names = ["uv"] if not extras else ["a"] + ["b"] * bool(extras & {{"analysis", "dev"}}) + ["c"] * ("dev" in extras)
names += ["d"] * ("names" in extras) + ["e"] * bool(extras & {{"docs", "dev"}})
hashes = " \\\\\\n    --hash=sha256:" + "0" * 64 if "--generate-hashes" in said else ""
if "--output-file" in said:
    text = "".join(f"{{name}}==1.0{{hashes}}\\n" for name in names)
    open(said[said.index("--output-file") + 1], "w").write(text)
"""
LINE = "{}==1.0 \\\n    --hash=sha256:" + "0" * 64 + "\n"


@pytest.fixture
def pins(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return importlib.import_module("pins")


def project(folder: Path, *, breaks: bool = False) -> Path:
    """A folder with a pyproject.toml and a resolver that is there already."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    uv = folder / ".venv-pins" / "bin" / "uv"
    uv.parent.mkdir(parents=True)
    uv.write_text(STAND_IN.format(python=sys.executable, log=str(folder / "log"), breaks=breaks), "utf-8")
    uv.chmod(0o755)
    return folder


def own(root: Path, role: str) -> str:
    """A lock without its comments."""
    lines = (root / "requirements" / f"{role}.txt").read_text("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("#"))


def test_each_role_has_its_own_packages_and_names_the_file_below_it(pins: ModuleType, tmp_path: Path) -> None:
    pins.renew(project(tmp_path), upgrade=False)
    assert own(tmp_path, "collector") == LINE.format("a")
    assert own(tmp_path, "workbench").startswith("-r collector.txt\n")
    assert own(tmp_path, "run") == "-r workbench.txt\n" + LINE.format("b")
    assert own(tmp_path, "docs") == "-r run.txt\n" + LINE.format("e")
    assert own(tmp_path, "test") == "-r docs.txt\n" + LINE.format("c")
    assert own(tmp_path, "models") == LINE.format("d"), "what the tests have is not in it"
    assert own(tmp_path, "pins") == LINE.format("uv")


@pytest.mark.parametrize("upgrade", [True, False])
def test_newest_versions_are_taken_only_when_asked_for(pins: ModuleType, tmp_path: Path, upgrade: bool) -> None:
    pins.renew(project(tmp_path), upgrade=upgrade)
    assert ("--upgrade" in (tmp_path / "log").read_text("utf-8").splitlines()[0].split()) is upgrade


def test_every_platform_is_tried_with_wheels_and_hashes_only(pins: ModuleType, tmp_path: Path) -> None:
    pins.try_platforms(project(tmp_path))
    tried = (tmp_path / "log").read_text("utf-8").splitlines()
    assert len(tried) == len(pins.PLATFORMS) * len(pins.pythons.VERSIONS)
    assert [line for line in tried if "--only-binary :all:" not in line or "--require-hashes" not in line] == []


def test_resolver_that_finds_no_way_is_said_and_the_locks_stay(pins: ModuleType, tmp_path: Path) -> None:
    words = importlib.import_module("words")
    with pytest.raises(words.SetupStop, match="no such package: listens"):
        pins.renew(project(tmp_path, breaks=True), upgrade=False)
    assert not (tmp_path / "requirements").exists()


def test_other_arguments_are_said_with_how_it_is_used(pins: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert pins.main(["--newest"]) == 2
    assert capsys.readouterr().err == "usage: python3 scripts/pins.py [--upgrade]\n"
