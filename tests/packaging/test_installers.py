"""The wheel as people install it: by pipx and by uv, as an ordinary user whose home is empty; tried, and taken away.

Both tools and every package come from the Python package index, so this needs a network.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.packaging.built import DEBIAN_PYTHON, cannot_build, wheel_of
from tests.patience import PATIENCE, wait_until
from tests.ports import free_port

pytestmark = [pytest.mark.whole, pytest.mark.slow, pytest.mark.timeout(3600)]
NOBODY = 65534
INSTALL = {
    "pipx": ("install", "--python", DEBIAN_PYTHON),
    "uv": ("tool", "install", "--python", DEBIAN_PYTHON, "--no-python-downloads"),
}
REMOVE = {"pipx": ("uninstall", "kuule"), "uv": ("tool", "uninstall", "kuule")}
LEFT = {"pipx": {".cache", ".local/share/pipx", ".local/state/pipx"}, "uv": {".cache/uv", ".local/share/uv"}}
"""What a tool keeps of its own in a home once everything is uninstalled (docs/how-to/install.md)."""


@dataclass(frozen=True)
class Person:
    """An ordinary user with an empty home, who has pipx and uv."""

    folder: Path

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def work(self) -> Path:
        return self.folder / "work"

    def command(self, *words: object) -> list[str]:
        as_nobody = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
        return [*(as_nobody if os.geteuid() == 0 else ()), *map(str, words)]

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not re.match("PYTHON|VIRTUAL_ENV|XDG|PIPX|UV", name)
        }
        return kept | {"HOME": str(self.home), "TMPDIR": str(self.folder / "tmp"), "LANG": "C.UTF-8"}

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words), cwd=self.work, env=self.environment, capture_output=True, text=True, check=False
        )

    def tool(self, name: str, *words: object) -> None:
        done = self.run(self.folder / "tools" / "bin" / name, *words)
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wheel_of("0.1.0.dev0", tmp_path_factory.mktemp("wheel"))


@pytest.fixture
def person() -> Iterator[Person]:
    if why := cannot_build():
        pytest.skip(why)
    folder = Path(tempfile.mkdtemp(prefix="kuule-installed-"))  # the folders of pytest are closed to other users
    try:
        folder.chmod(0o755)
        subprocess.run([DEBIAN_PYTHON, "-m", "venv", folder / "tools"], check=True, capture_output=True)
        pip = [folder / "tools" / "bin" / "pip", "install", "--quiet", "pipx", "uv"]
        if subprocess.run(pip, capture_output=True, check=False).returncode != 0:
            pytest.skip("the Python package index cannot be reached")
        for name in ("home", "work", "tmp"):
            (folder / name).mkdir()
            if os.geteuid() == 0:
                os.chown(folder / name, NOBODY, NOBODY)
        yield Person(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def answer_of(address: str) -> str:
    with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=PATIENCE) as response:
        return str(response.read().decode())
    return ""


def try_demo(person: Person, kuule: Path) -> None:
    """Run it until the tour answers, look at it in another language, and end it as a person does."""
    tour, ports = free_port(), ["--port", free_port(), "--report-port", free_port()]
    command = person.command(kuule, "demo", "--responses", 30, *ports, "--tour-port", tour)
    started = subprocess.Popen(
        command, cwd=person.work, env=person.environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_until(lambda: answer_of(f"http://127.0.0.1:{tour}/fi") or started.poll() is not None)
        assert '<html lang="fi" dir="ltr">' in answer_of(f"http://127.0.0.1:{tour}/fi")
    finally:
        started.send_signal(signal.SIGINT)
        assert started.wait(PATIENCE) in (0, 130), "Ctrl-C, after everything was ready or before"


@pytest.mark.parametrize("tool", INSTALL)
def test_wheel_is_installed_tried_and_removed_by_an_ordinary_user(person: Person, wheel: Path, tool: str) -> None:
    given = person.folder / wheel.name
    shutil.copyfile(wheel, given)
    person.tool(tool, *INSTALL[tool], f"{given}[all]")
    kuule = person.home / ".local" / "bin" / "kuule"
    assert person.run(kuule, "--version").stdout.startswith("kuule 0.1.0.dev0 on Python 3.")
    looked = person.run(kuule, "doctor", "--json")
    assert looked.returncode in (0, 3), looked.stderr
    try_demo(person, kuule)
    assert [path.name for path in person.work.iterdir()] == ["practice"]
    person.tool(tool, *REMOVE[tool])
    found = {path.relative_to(person.home).as_posix() for path in person.home.rglob("*") if not path.is_dir()}
    assert {path for path in found if not path.startswith(tuple(LEFT[tool]))} == set()
    assert not os.path.lexists(kuule)
    outside = {path for path in found if not path.startswith((".cache", ".local/state"))}
    assert {path for path in outside if "/kuule" in path} == set(), "only caches and logs name it"
