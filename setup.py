"""How the wheel and the source archive are built: with the version of the tag, with what ships beside the source, and
to the same byte wherever they are built.

The study, the register of law and the files of a server that ship go into the package: `kuule demo`, `kuule register`
and `kuule deploy` need no checkout.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import tarfile
import tomllib
from pathlib import Path

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

ROOT = Path(__file__).resolve().parent
SHIPPED = ("studies", "registers", "deploy")
OLDEST_TIME = 315_532_800
"""The first second of 1980, the oldest that a ZIP can say: the time of every file, unless SOURCE_DATE_EPOCH is set."""
TAG = re.compile(r"v(\d+\.\d+\.\d+(?:rc\d+)?)")


def project_version() -> str:
    """A source archive knows its version; of a checkout it is the tag that stands on this very commit, with nothing
    changed since. Everything else is on the way to the version that pyproject.toml names."""
    metadata = ROOT / "PKG-INFO"
    if metadata.is_file():
        return re.search(r"^Version: (.+)$", metadata.read_text(encoding="utf-8"), re.MULTILINE)[1]
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return tagged_version() or f"{settings['tool']['kuule']['next-version']}.dev0"


def tagged_version() -> str:
    """The version of the tag of this commit, or nothing: without Git, without a tag, or where a file was changed."""
    if not (ROOT / ".git").exists() or git("status", "--porcelain", "--untracked-files=no") != "":
        return ""
    tags = (git("tag", "--points-at", "HEAD") or "").split()
    versions = [found[1] for found in map(TAG.fullmatch, tags) if found]
    return sorted(versions)[0] if versions else ""  # 1.2.0 before 1.2.0rc1, where both stand on one commit


def git(*arguments: str) -> str | None:
    """What Git says, or None where it is not there or refuses."""
    try:
        said = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return said.stdout.strip() if said.returncode == 0 else None


def time_of_files() -> int:
    """The time that every file of a wheel or a source archive has."""
    return max(OLDEST_TIME, int(os.environ.get("SOURCE_DATE_EPOCH") or OLDEST_TIME))


class WithShipped(build_py):
    """Builds as always, and copies what ships into the package, side by side as in the source, because studies name
    registers by path. An editable install uses the folders as they stand."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            for name in SHIPPED:
                target = Path(self.build_lib) / "kuule" / name
                shutil.copytree(ROOT / name, target, dirs_exist_ok=True)


class SameBytesWheel(bdist_wheel):
    """A wheel in which nothing tells when, where, or under which umask it was built."""

    def write_wheelfile(self, *arguments: str, **named: str) -> None:
        # the last step before all of it is packed: the files are in place
        super().write_wheelfile(*arguments, **named)
        for path in Path(self.bdist_dir).rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
            os.utime(path, (time_of_files(), time_of_files()))

    def run(self) -> None:
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(OLDEST_TIME))  # RECORD has the time of its writing otherwise
        super().run()


class SameBytesArchive(sdist):
    """A source archive of the same kind: sorted, of nobody, without times."""

    def make_archive(self, base_name: str, _format: str, root_dir: str = "", base_dir: str = "", **_: object) -> str:
        target = Path(f"{base_name}.tar.gz")
        folder = Path(root_dir or ".") / base_dir
        target.parent.mkdir(parents=True, exist_ok=True)
        with (
            target.open("wb") as raw,
            gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=9, mtime=0) as packed,
            tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT, dereference=True) as archive,
        ):
            for path in sorted([folder, *folder.rglob("*")], key=lambda path: path.as_posix()):
                name = Path(base_dir) / path.relative_to(folder)
                archive.add(path, name.as_posix(), recursive=False, filter=of_nobody)
        return str(target)


def of_nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """An entry without its owner, its time and its mode."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mtime = time_of_files()
    entry.mode = 0o755 if entry.isdir() else 0o644
    return entry


if __name__ == "__main__":  # as setuptools runs it too
    setup(
        version=project_version(),
        cmdclass={"build_py": WithShipped, "bdist_wheel": SameBytesWheel, "sdist": SameBytesArchive},
    )
