"""The package as it is installed without a checkout: whole, and able to do what the checkout can."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("studies", "registers", "deploy")
"""Folders beside the source that the package has as well."""
BUILT_FROM = ("LICENSE", "MANIFEST.in", "README.md", "pyproject.toml", "setup.py")


def tracked(folder: str) -> set[str]:
    """The project's own files below a folder, by their path in it."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", folder]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = (name for name in listed.split("\0") if name and (ROOT / name).is_file())
    return {Path(name).relative_to(folder).as_posix() for name in names}


HOOK = """
from setuptools.build_meta import build_wheel
build_wheel("out", {"--build-option": ["--compression=stored", "--keep-temp"]})
"""
"""The hook that every installer calls (PEP 517). What is packed is not made smaller here, which takes a second, and the
folder that it is packed from is kept."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built in a folder that leads to the source: building leaves folders beside it. Nothing is fetched for
    it."""
    beside = tmp_path_factory.mktemp("source") / "kuule"
    (beside / "src").mkdir(parents=True)
    for name in ("src/kuule", *SHIPPED, *BUILT_FROM):
        (beside / name).symlink_to(ROOT / name)
    built = subprocess.run([sys.executable, "-c", HOOK], cwd=beside, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    [made] = (beside / "out").glob("*.whl")
    return made


def test_wheel_has_every_file_of_the_package_and_of_what_ships_with_it(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"kuule/{name}" for name in tracked("src/kuule")}
    wanted |= {f"kuule/{folder}/{name}" for folder in SHIPPED for name in tracked(folder)}
    assert (wanted - held, {name for name in held if name.startswith("kuule/")} - wanted) == (set(), set())
    beside = {name.split(".dist-info/")[1] for name in held if ".dist-info/" in name}
    assert beside >= {"METADATA", "RECORD", "entry_points.txt", "licenses/LICENSE"}


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """What installing unpacks, to stand where Python looks first: the folder that the wheel was packed from, which has
    the same files to the byte; the list of them alone is only in the wheel."""
    [folder] = (wheel.parents[1] / "build").glob("bdist.*/wheel")
    packed = {one.filename: one.CRC for one in zipfile.ZipFile(wheel).infolist() if Path(one.filename).name != "RECORD"}
    assert {name: zlib.crc32((folder / name).read_bytes()) for name in packed} == packed
    return folder


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python in a folder where there is no study, with the installed package."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


STUDY_AND_VERSION = """
import sys
from kuule.usecases.demo.run_demo import shipped_study
from kuule.cli.app import run
print(shipped_study())
sys.exit(run(["--version"]))
"""


def test_installed_package_finds_its_study_from_any_folder(installed: Path, tmp_path: Path) -> None:
    outcome = run(installed, tmp_path, "-c", STUDY_AND_VERSION)
    study, version = outcome.stdout.splitlines()
    assert study == str(installed / "kuule" / "studies" / "our-voice")
    assert (outcome.returncode, version.startswith("kuule ")) == (0, True), outcome


@pytest.mark.whole
def test_installed_package_runs_the_demo_from_any_folder(installed: Path, tmp_path: Path) -> None:
    ports = ["--port", str(free_port()), "--report-port", str(free_port())]
    outcome = run(installed, tmp_path, "-m", "kuule.cli", "demo", "--once", "--responses", "30", *ports)
    assert outcome.returncode == 0, outcome.stderr
    assert (tmp_path / "practice" / "report" / "index.html").is_file()


HELP_OF_ALL = """
import contextlib, io
from kuule.cli.app import run
from kuule.cli.command_examples import EXAMPLES
for name in EXAMPLES:
    with contextlib.redirect_stdout(io.StringIO()) as shown:
        assert run([*name.split(), "--help"]) == 0, name
    assert "kuule " + name in shown.getvalue(), name
print("all")
"""
FROM_NOTHING_TO_AN_EDITION = (
    "doctor --role lead",
    "new club --organisation Club --yes",
    "check club",
    "print club --to paper --format html",
    "keys new club --rehearsal --to keys",
    "freeze club --key keys/club.rehearsal.public-key --to edition --drafts",
    "completion bash",
)


@pytest.mark.whole
def test_installed_package_begins_and_freezes_a_study_where_home_is_closed(installed: Path, tmp_path: Path) -> None:
    home, work = tmp_path / "home", tmp_path / "work"
    home.mkdir()
    work.mkdir()
    home.chmod(0o500)
    environment = {**os.environ, "PYTHONPATH": str(installed), "HOME": str(home)}
    for line in FROM_NOTHING_TO_AN_EDITION:
        command = [sys.executable, "-m", "kuule.cli", *line.split()]
        outcome = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=False)
        assert outcome.returncode == 0, (line, outcome.stderr)
    assert (work / "edition" / "edition.json").is_file()
    assert [*home.iterdir()] == []


@pytest.mark.whole
def test_installed_package_has_the_help_of_every_command(installed: Path, tmp_path: Path) -> None:
    outcome = run(installed, tmp_path, "-c", HELP_OF_ALL)
    assert (outcome.stdout, outcome.stderr) == ("all\n", "")
