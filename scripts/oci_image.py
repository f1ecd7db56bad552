"""Builds the image of a collector: `python3 scripts/oci_image.py dist/kuule-collector-only_*.deb`.

A bare Debian of mmdebstrap with that package and nothing that is not needed to run it, put into an image by buildah. No
registry of images is asked: Debian's packages are all that is fetched. Needs Debian, root, mmdebstrap and buildah. Exit
codes as setup.py.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from words import SetupStop, say

ROOT = Path(__file__).resolve().parent.parent
NAME = "localhost/kuule-collector"
OLDEST_TIME = "315532800"
PROGRAMS = ("mmdebstrap", "buildah")
NEEDED = ("python3", "libstdc++6", "zlib1g")
"""What the package depends on; the rest comes with it."""
_CLEAN = """
chroot "$1" sh -c 'dpkg --install /kuule*.deb && rm /kuule*.deb'
mkdir -p "$1/srv/kuule" "$1/var/lib/kuule"
chown 10001:10001 "$1/var/lib/kuule"
chmod 0700 "$1/var/lib/kuule"
rm -rf "$1"/usr/share/doc/* "$1"/usr/share/man/* "$1"/usr/share/locale/* "$1"/usr/share/lintian "$1"/usr/lib/systemd
rm -rf "$1"/var/log/* "$1"/var/cache/* "$1"/root/.bash_history
rm -f "$1"/etc/machine-id "$1"/etc/hostname "$1"/etc/resolv.conf
find "$1" -xdev -type f -perm /6000 -exec chmod ug-s {} +
"""
"""Run when all packages are there: no documents, no logs, nothing of the machine that built it, nothing that runs as
another user than who starts it."""


def main(arguments: Sequence[str]) -> int:
    """Build the image of a package."""
    parser = argparse.ArgumentParser(prog="oci_image.py", description="Build the image of a collector.")
    parser.add_argument("package", type=Path, help="kuule-collector-only_….deb of debian_package.py --role collector")
    parser.add_argument("--name", default=NAME, help=f"its name ({NAME}); the tag is the version")
    parser.add_argument("--archive", type=Path, help="write it into this file too, to be carried and signed")
    chosen = parser.parse_args(arguments)
    try:
        name = build(chosen.package, chosen.name)
        if chosen.archive:
            chosen.archive.unlink(missing_ok=True)
            _run("buildah", "push", "--quiet", name, f"oci-archive:{chosen.archive}:{name}")
    except SetupStop as stop:
        say(str(stop))
        return 1
    say(name)
    return 0


def build(package: Path, name: str = NAME) -> str:
    """The image of a package, by its name and tag."""
    if not package.is_file() or not package.name.startswith("kuule-collector-only_"):
        raise SetupStop(
            f"{package} is no package of a collector",
            "make it first: /usr/bin/python3 scripts/debian_package.py dist/kuule-….whl --role collector",
        )
    if absent := [each for each in PROGRAMS if shutil.which(each) is None]:
        raise SetupStop(f"not installed: {', '.join(absent)}", "sudo apt install mmdebstrap buildah")
    tagged = f"{name}:{package.name.split('_')[1].replace('~', '-')}"
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        make_root(package, place / "root.tar")
        shutil.copy(ROOT / "deploy" / "oci" / "Containerfile", place)
        _run(
            "buildah", "build", "--quiet", "--format", "docker", "--isolation", "chroot", "--network", "host",
            "--timestamp", _time(), "--tag", tagged, "--file", str(place / "Containerfile"), str(place),
        )  # fmt: skip
    return tagged


def make_root(package: Path, target: Path) -> None:
    """A Debian as small as the package lets it be, as a tar file, without apt: an image is replaced, not upgraded."""
    said = Path(f"{target}.sh")
    said.write_text("set -e\n" + _CLEAN, encoding="utf-8")
    _run(
        "mmdebstrap", "--quiet", "--variant=essential", f"--include={','.join(NEEDED)}",
        f"--customize-hook=copy-in {package.resolve()} /", f'--customize-hook=sh {said} "$1"', "trixie", str(target),
    )  # fmt: skip


def _time() -> str:
    return os.environ.get("SOURCE_DATE_EPOCH") or OLDEST_TIME


def _run(*command: str) -> None:
    settings = {**os.environ, "SOURCE_DATE_EPOCH": _time()}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=settings)
    if done.returncode != 0:
        raise SetupStop(f"{command[0]}: {(done.stderr or done.stdout).strip()[-2000:]}", "mend it, then run this again")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
