"""What the tests of packages build: wheels of a version of their choice, and packages of them."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILT_FROM = ("LICENSE", "MANIFEST.in", "README.md", "pyproject.toml", "setup.py")
DEBIAN_PYTHON = "/usr/bin/python3"


def wheel_of(version: str, folder: Path) -> Path:
    """A wheel of the files as they are now, that says it is this version, as one of a source archive does."""
    source, output = folder / "source", folder / "wheel"
    for name in ("src/kuule", "studies", "registers", "deploy"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in BUILT_FROM:
        shutil.copy(ROOT / name, source / name)
    (source / "PKG-INFO").write_text(f"Metadata-Version: 2.4\nName: kuule\nVersion: {version}\n", "utf-8")
    output.mkdir()
    order = f"import setuptools.build_meta as backend; backend.build_wheel({str(output)!r})"
    subprocess.run([sys.executable, "-c", order], cwd=source, check=True, capture_output=True)
    [made] = output.glob("*.whl")
    return made


@cache
def kept_package(version: str) -> Path:
    """The Debian package of the files as they are now. It is built once for all tests of a process."""
    folder = Path(tempfile.mkdtemp(prefix="kuule-package-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "wheel").mkdir()
    return package_of(wheel_of(version, folder / "wheel"), folder)


def package_of(wheel: Path, output: Path, role: str = "run") -> Path:
    """The Debian package of a wheel, packed quickly; what was fetched for one is there for the next."""
    command = [DEBIAN_PYTHON, str(ROOT / "scripts" / "debian_package.py"), str(wheel), "--output", str(output)]
    done = subprocess.run([*command, "--role", role, "--fast"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    [made] = output.glob(f"*_{wheel.name.split('-')[1].replace('.dev', '~dev')}-1_*.deb")
    return made


def cannot_build() -> str:
    """Why no package can be built here, or nothing."""
    if not Path("/etc/debian_version").is_file() or shutil.which("dpkg-deb") is None:
        return "a Debian package is built on Debian"
    asked = [DEBIAN_PYTHON, "-c", "import ensurepip, venv"]
    there = Path(DEBIAN_PYTHON).exists() and subprocess.run(asked, capture_output=True, check=False).returncode == 0
    if not there:
        return "not installed: python3-venv"
    return ""
