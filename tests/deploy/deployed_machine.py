"""A Debian 13 with the built package, an edition and a study, which boots and is made what a host.toml says."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from kuule.opening.private_key import PrivateKey
from tests.deploy.test_in_step import ROOT
from tests.packaging.booted_container import BootedContainer, booted, make_root, missing
from tests.packaging.built import cannot_build, kept_package
from tests.study.small_study import make_edition

APPLY = "cd / && kuule deploy --apply --study small-study"
BACKUP_KEY = PrivateKey.generate(bytes(range(7, 39)), rehearsal=True)
"""Its secret is on no machine but where a test restores a backup."""
_PACKAGES = (
    "python3", "zlib1g", "libstdc++6", "curl", "nginx-light", "tor", "haproxy", "iproute2", "procps",
)  # fmt: skip


@contextmanager
def deployed(host: str, root: Path, *, more: tuple[str, ...] = (), before: str = "") -> Iterator[BootedContainer]:
    """The machine after the first `--apply` of these settings. It has no network but its own. `more` are packages, and
    `before` is what is run first."""
    if why := missing() or cannot_build():
        pytest.skip(why)
    subprocess.run(["cp", "--archive", "--reflink=auto", str(_kept_root(more)), str(root)], check=True)
    (root / "etc/kuule/host.toml").write_text(host)
    with booted(root, f"kuule-{root.parent.name}") as container:
        container.run(before)
        container.run(f"{APPLY} > /root/applied 2>&1 || {{ cat /root/applied; exit 1; }}")
        yield container


@cache
def _kept_root(more: tuple[str, ...]) -> Path:
    """Its tree before it boots for the first time, made once for all tests of a process."""
    folder = Path(tempfile.mkdtemp(prefix="kuule-root-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    root, package = folder / "root", kept_package("0.1.0")
    make_root(root, *_PACKAGES, *more)
    shutil.copy(package, root / "root")
    subprocess.run(["chroot", str(root), "dpkg", "-i", f"/root/{package.name}"], check=True, capture_output=True)
    (root / "root" / package.name).unlink()
    make_edition(folder / "made")
    for name in ("edition", "study"):
        _put_folder(folder / "made" / name, root / "srv/kuule" / name)
    (root / "srv/kuule/backup.public-key").write_text(BACKUP_KEY.public.to_text())
    probe = (ROOT / "tests" / "deploy" / "probe_within.py").read_text("utf-8")
    (root / "srv/kuule/probe.py").write_text(probe)
    return root


def _put_folder(source: Path, target: Path) -> None:
    """A copy that everybody may read, whatever the folders of tests are."""
    for path in [source, *sorted(source.rglob("*"))]:
        place = target / path.relative_to(source)
        if path.is_dir():
            place.mkdir(parents=True, mode=0o755)
        else:
            place.write_bytes(path.read_bytes())
