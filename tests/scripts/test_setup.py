"""The set-up on a machine that lacks things: each is said in words with its cure. Nothing is downloaded here."""

from __future__ import annotations

import ensurepip
import hashlib
import importlib
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "scripts"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))

    def load(name: str) -> ModuleType:
        return importlib.import_module(name)

    return load


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with what the set-up reads, away from the real .venv."""
    root = tmp_path / "copy"
    shutil.copytree(SCRIPTS, root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "requirements", root / "requirements")
    for name in ("pyproject.toml", "Makefile"):
        shutil.copy(ROOT / name, root / name)
    return root


def run_setup(root: Path, role: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(root / "scripts" / "setup.py"), role],
        env={"PATH": "/usr/bin:/bin", "HOME": str(root), **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that tests begin from, with the pip that Python brings, unpacked: to install it takes seconds."""
    venv = tmp_path_factory.mktemp("environment") / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    [packages] = venv.glob("lib/python*/site-packages")
    # Debian's Python has it in a folder of its own
    wheels = sysconfig.get_config_var("WHEEL_PKG_DIR") or Path(ensurepip.__file__).parent / "_bundled"
    pip = max(Path(wheels).glob("pip-*.whl"))
    with zipfile.ZipFile(pip) as wheel:
        wheel.extractall(packages)
    return venv


@pytest.fixture
def bare(made: Path, copy: Path) -> Path:
    return bare_environment(copy, made)


def bare_environment(root: Path, made: Path) -> Path:
    """An environment as if it was made in the folder: links to the files of one, but for those that say where it is."""
    venv = root / ".venv"
    shutil.copytree(made, venv, symlinks=True, copy_function=os.link)
    for path in (venv / "bin").iterdir():
        if not path.is_symlink():
            said, mode = path.read_text(encoding="utf-8"), path.stat().st_mode
            path.unlink()
            path.write_text(said.replace(str(made), str(venv)), encoding="utf-8")
            path.chmod(mode)
    return venv


def test_setup_without_a_role_says_how_it_is_used(copy: Path) -> None:
    outcome = run_setup(copy, "everything")
    assert (outcome.returncode, outcome.stderr) == (
        2,
        "usage: python3 scripts/setup.py collector|workbench|run|docs|test\n",
    )


def test_ready_environment_is_known_without_a_network(bare: Path, copy: Path, script) -> None:
    environment = script("environment")
    environment._write_stamp(copy, "test")
    assert [environment.is_ready(copy, role) for role in ("collector", "run", "test")] == [True, True, True]
    assert run_setup(copy, "run").stderr == ""


def test_environment_for_run_is_not_enough_for_tests(bare: Path, copy: Path, script) -> None:
    environment = script("environment")
    environment._write_stamp(copy, "run")
    assert [environment.is_ready(copy, role) for role in ("run", "test")] == [True, False]


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements/collector.txt", "requirements/test.txt"])
def test_environment_is_not_ready_when_what_is_wanted_changed(bare: Path, copy: Path, script, name: str) -> None:
    environment = script("environment")
    environment._write_stamp(copy, "test")
    (copy / name).write_text((copy / name).read_text() + "\n# changed\n")
    assert not environment.is_ready(copy, "run")


def moved_away(copy: Path, bare: Path, script) -> Path:
    """Where the folder is now, whose environment was ready and has a file of ours in it."""
    script("environment")._write_stamp(copy, "run")
    (bare / "half.txt").touch()
    return copy.rename(copy.with_name("moved"))


def test_environment_of_a_moved_folder_is_made_anew(bare: Path, copy: Path, tmp_path: Path, script) -> None:
    environment, moved = script("environment"), moved_away(copy, bare, script)
    assert not environment.is_ready(moved, "run")
    environment.make(moved, str(python_that_brings_no_pip(tmp_path)))
    assert [(moved / ".venv" / name).exists() for name in ("half.txt", "kuule.json")] == [False, False]


def test_environment_whose_installing_was_cut_off_is_made_anew(
    bare: Path, copy: Path, tmp_path: Path, script, capsys
) -> None:
    environment = script("environment")
    (bare / environment._UNDER_WAY).touch()
    (bare / "half.txt").touch()
    environment.make(copy, str(python_that_brings_no_pip(tmp_path)))
    left = [(bare / name).exists() for name in ("half.txt", environment._UNDER_WAY, "bin/python")]
    assert left == [False, False, True]
    assert "is not whole: making it anew" in capsys.readouterr().err


def test_environment_of_another_python_is_made_anew(bare: Path, copy: Path, tmp_path: Path, script, capsys) -> None:
    environment = script("environment")
    environment._write_stamp(copy, "test")
    (bare / "of-the-other.txt").touch()
    own = "{}.{}".format(*sys.version_info[:2])
    assert [environment.is_ready(copy, "test", version=each) for each in (own, "3.98")] == [True, False]
    environment.make(copy, sys.executable)
    assert (bare / "of-the-other.txt").exists()
    other = tmp_path / "other"
    asked = 'case "$*" in *version_info*) echo 3.98;;'
    other.write_text(f'#!/bin/sh\n{asked} *) exec "{sys.executable}" "$@" --without-pip;; esac\n')
    other.chmod(0o755)
    environment.make(copy, str(other))
    assert not (bare / "of-the-other.txt").exists()
    assert capsys.readouterr().err == "the environment in .venv is of another Python than 3.98: making it anew\n"


def test_second_set_up_at_once_waits_for_the_first(made: Path, copy: Path, script) -> None:
    environment = script("environment")
    with environment.alone(copy):
        command = [sys.executable, str(copy / "scripts" / "setup.py"), "run"]
        second = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert second.stderr is not None
        assert second.stderr.readline() == "another set-up is under way in this folder: waiting for it\n"
        bare_environment(copy, made)
        environment._write_stamp(copy, "run")
    assert (second.communicate(timeout=PATIENCE)[1], second.returncode) == ("", 0)


def test_folder_in_the_way_is_not_removed(copy: Path, script) -> None:
    environment, words = script("environment"), script("words")
    (copy / ".venv").mkdir()
    (copy / ".venv" / "thesis.txt").write_text("years of work")
    with pytest.raises(words.SetupStop, match="no virtual environment"):
        environment.make(copy, sys.executable)
    assert (copy / ".venv" / "thesis.txt").read_text() == "years of work"


def test_disk_that_is_too_full_is_said_before_anything_is_downloaded(copy: Path, script, monkeypatch) -> None:
    environment, words = script("environment"), script("words")
    needed = shutil.disk_usage(copy).free // 1_000_000 + 1_000
    monkeypatch.setitem(environment.ROLES, "run", (1, needed))
    with pytest.raises(words.SetupStop, match=r"the disk has \d+ MB free and the set-up needs about \d+ MB"):
        environment.check_disk(copy, "run")


def test_package_with_another_hash_than_the_locked_one_is_not_installed(
    bare: Path, copy: Path, tmp_path: Path, script
) -> None:
    """A real pip, an index of this machine with one package in it that was changed after it was locked."""
    environment, words, locks = script("environment"), script("words"), script("locks")
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    changed = wheels / "listens-1.0-py3-none-any.whl"
    with zipfile.ZipFile(changed, "w") as wheel:
        wheel.writestr("listens.py", "")
        wheel.writestr("listens-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: listens\nVersion: 1.0\n")
        wheel.writestr("listens-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("listens-1.0.dist-info/RECORD", "")
    lock = locks.path_of(copy, "collector")
    offline = ("--no-index", "--find-links", str(wheels), "--require-hashes", "--requirement", str(lock))
    lock.write_text(f"listens==1.0 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(words.SetupStop, match="a package is not the one that was locked"):
        environment._pip(copy / ".venv", *offline)
    lock.write_text("listens==1.0\n")
    with pytest.raises(words.SetupStop, match="a package is not the one that was locked"):
        environment._pip(copy / ".venv", *offline)
    lock.write_text(f"listens==1.0 --hash=sha256:{hashlib.sha256(changed.read_bytes()).hexdigest()}\n")
    environment._pip(copy / ".venv", *offline)
    assert list((copy / ".venv").rglob("listens.py"))


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "the disk is full"),
        ("Temporary failure in name resolution", "could not be downloaded"),
        ("ERROR: No matching distribution found for polars==2.1.0", "could not be downloaded"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the one that was locked"),
        ("PermissionError: [Errno 13] Permission denied: '/srv/x'", "may not be written to"),
        ("error: something nobody has seen", "something nobody has seen"),
    ],
)
def test_failure_of_pip_is_explained(said: str, cause: str, script) -> None:
    assert cause in script("environment").explain(said)[0]


def python_that_brings_no_pip(folder: Path) -> Path:
    """A real Python that puts no pip into an environment, which is most of the time that making one takes."""
    python = folder / "quick"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@" --without-pip\n')
    python.chmod(0o755)
    return python


def python_that_lacks(folder: Path, module: str) -> Path:
    """A real Python whose import of `module` fails, as on Debian without python3-venv."""
    (folder / f"{module}.py").write_text("raise ImportError\n")
    python = folder / "python"
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{folder}" exec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    return python


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_python_without_its_venv_parts_is_said_with_the_package_to_install(tmp_path: Path, script, module: str) -> None:
    pythons, words = script("pythons"), script("words")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    with pytest.raises(words.SetupStop, match=rf"sudo apt install python{version}-venv"):
        pythons.check_can_make_environments(str(python_that_lacks(tmp_path, module)))


def test_python_that_does_not_run_is_not_new_enough(tmp_path: Path, script) -> None:
    pythons = script("pythons")
    assert [pythons.new_enough(str(tmp_path / "none")), pythons.new_enough(sys.executable)] == [False, True]


def test_nginx_is_installed_unasked_only_in_continuous_integration(script, monkeypatch, tmp_path, capsys) -> None:
    """Debian's package starts a server on port 80."""
    browsers, asked = script("browsers"), []
    monkeypatch.setattr(browsers, "NGINX", tmp_path / "nginx")
    monkeypatch.setattr(browsers.os, "geteuid", lambda: 0)
    monkeypatch.setattr(browsers.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(browsers, "_apt", lambda *arguments: asked.append(arguments[-1]))
    monkeypatch.delenv("CI", raising=False)
    browsers.provide_nginx()
    assert (asked, "sudo apt install nginx-light" in capsys.readouterr().err) == ([], True)
    monkeypatch.setenv("CI", "true")
    browsers.provide_nginx()
    assert asked == ["update", "nginx-light"]


def test_missing_browsers_stop_the_set_up_only_in_continuous_integration(script, monkeypatch, tmp_path, capsys) -> None:
    browsers, words = script("browsers"), script("words")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CI", "false")
    browsers.provide()
    assert "sudo apt install chromium firefox-esr fonts-noto-core" in capsys.readouterr().err
    monkeypatch.setenv("CI", "true")
    with pytest.raises(words.SetupStop, match="cannot run, and CI=true asks for them"):
        browsers.provide()


def test_clean_removes_what_was_made_and_no_practice_folder_of_others(bare: Path, copy: Path, script) -> None:
    clean = script("clean")
    (copy / "practice").mkdir()
    (copy / "practice" / "mine.txt").touch()
    assert clean.clean(copy) == [".venv"]
    (copy / "practice" / clean.PRACTICE_MARK).touch()
    assert clean.clean(copy) == ["practice"]
    assert clean.clean(copy) == []


@pytest.mark.parametrize("target", ["run", "test", "test-all"])
def test_make_without_python_says_what_to_install(copy: Path, target: str) -> None:
    outcome = subprocess.run(
        ["make", target, "PYTHON=python-that-is-not-here"], cwd=copy, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 2
    assert "install Python 3.11 or newer" in outcome.stderr


def test_scripts_ask_for_nothing_outside_the_standard_library() -> None:
    """All but the one that compares two trees and the one that makes lists of names: they run when everything is
    installed, and use Kuule as tests do."""
    own = {path.stem for path in SCRIPTS.glob("*.py")}
    for path in set(SCRIPTS.glob("*.py")) - {SCRIPTS / "compare_pages.py", SCRIPTS / "name_lists.py"}:
        lines = path.read_text(encoding="utf-8").splitlines()
        named = {line.split()[1].split(".")[0] for line in lines if line.startswith(("import ", "from "))}
        assert named <= sys.stdlib_module_names | own | {"__future__"}
