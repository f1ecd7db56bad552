"""Which version is built: that of a tag on this very commit, or one on the way to the next."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def git(folder: Path, *arguments: str) -> None:
    named = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run([*named, "-c", "tag.gpgsign=false", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def build(tmp_path: Path) -> ModuleType:
    """The project's own setup.py, in a checkout of one commit with nothing else in it."""
    (tmp_path / "pyproject.toml").write_text('[tool.kuule]\nnext-version = "1.3.0"\n', "utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "Begin")
    spec = importlib.util.spec_from_file_location("kuule_setup", ROOT / "setup.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    vars(module)["ROOT"] = tmp_path
    return module


def test_commit_without_a_tag_is_on_the_way(build: ModuleType) -> None:
    git(build.ROOT, "tag", "before-the-summer")
    assert build.project_version() == "1.3.0.dev0"


def test_tag_on_the_commit_is_the_version(build: ModuleType) -> None:
    git(build.ROOT, "tag", "v1.2.0rc1")
    assert build.project_version() == "1.2.0rc1"
    git(build.ROOT, "tag", "v1.2.0")
    assert build.project_version() == "1.2.0"


def test_what_was_changed_since_the_tag_is_not_the_release(build: ModuleType) -> None:
    git(build.ROOT, "tag", "v1.2.0")
    (build.ROOT / "notes.txt").write_text("beside it", "utf-8")
    assert build.project_version() == "1.2.0"
    with (build.ROOT / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert build.project_version() == "1.3.0.dev0"


def test_commit_after_the_tag_is_on_the_way_again(build: ModuleType) -> None:
    git(build.ROOT, "tag", "v1.2.0")
    git(build.ROOT, "commit", "--quiet", "--allow-empty", "-m", "Go on")
    assert build.project_version() == "1.3.0.dev0"


def test_source_archive_knows_its_version_without_git(build: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert build.project_version() == "1.3.0.dev0"
    (build.ROOT / "PKG-INFO").write_text("Metadata-Version: 2.4\nName: kuule\nVersion: 1.2.0\n", "utf-8")
    assert build.project_version() == "1.2.0"
