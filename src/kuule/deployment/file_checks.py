"""Lets the programs that will read the files read them before any is put in place: systemd, nginx, tor and haproxy,
each on a copy in a folder of its own. What none of them can see is in `host_checks`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kuule.deployment.first_secrets import FirstSecret, make_secret
from kuule.deployment.host_files import HostFile
from kuule.deployment.host_settings import HostSettings, SiteName
from kuule.deployment.unit_places import UNITS

_SECONDS = 120
_BASES = ("nginx.service", "haproxy.service", "tor@default.service")
"""Units of the distribution, to which drop-ins of ours are added."""
_OURS = (".service", ".socket", ".timer")


class CheckState(StrEnum):
    """What came of one check."""

    PASSED = "yes"
    FAILED = "no"
    NOT_TRIED = "not tried"


@dataclass(frozen=True, slots=True)
class FileCheck:
    """Whether a program reads its files. `told` is why not, in the program's own words."""

    what: str
    state: CheckState
    told: str = ""


def check_files(settings: HostSettings, files: Sequence[HostFile], program: str, root: Path) -> tuple[FileCheck, ...]:
    """Each program's verdict, in the order in which they stand before a visitor."""
    with _copies(files) as folder:
        return tuple(_checks(settings, folder, program, root))


def _checks(settings: HostSettings, folder: Path, program: str, root: Path) -> Iterator[FileCheck]:
    yield _check_systemd(settings, folder, program, root)
    if (folder / "etc/nginx/nginx.conf").exists():
        yield _check_nginx(settings, folder)
    if (folder / "etc/tor/torrc").exists():
        yield _check_tor(folder)
    if (folder / "etc/haproxy/kuule-onion.cfg").exists():
        yield _check_haproxy(folder, root)


@contextmanager
def _copies(files: Sequence[HostFile]) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="kuule-deploy-"))
    try:
        folder.chmod(0o755)  # nginx, tor and haproxy read as users of their own
        for file in files:
            if not file.is_link:
                place = folder / file.path.lstrip("/")
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(file.text, "utf-8", newline="\n")
        yield folder
    finally:
        shutil.rmtree(folder)


def _check_systemd(settings: HostSettings, folder: Path, program: str, root: Path) -> FileCheck:
    what = "systemd reads its units"
    if not (analyse := _program("systemd-analyze")):
        return FileCheck(what, CheckState.NOT_TRIED, "there is no systemd here")
    units = folder / UNITS.lstrip("/")
    for name in _BASES:
        base = root / "usr/lib/systemd/system" / name
        if base.is_file() and (units / f"{name}.d").is_dir():
            shutil.copy(base, units / name)
    names = sorted(path for path in units.iterdir() if path.is_file() and path.name.endswith(_OURS))
    if root != Path("/") or not Path(program).exists():
        alert = settings.status.alert if settings.status else ""
        for path in units.rglob("*"):
            if path.is_file():
                text = path.read_text("utf-8")
                for elsewhere in filter(None, (program, alert)):
                    text = text.replace(elsewhere, shutil.which("true") or elsewhere)
                path.write_text(text, "utf-8", newline="\n")
    command = [analyse, "verify", "--man=no", "--recursive-errors=no", *map(str, names)]
    return _verdict(what, _run(command), folder)


def _check_nginx(settings: HostSettings, folder: Path) -> FileCheck:
    what = "nginx reads its files"
    if not (nginx := _program("nginx")):
        return FileCheck(what, CheckState.NOT_TRIED, "nginx is not installed here")
    if os.geteuid() != 0:
        return FileCheck(what, CheckState.NOT_TRIED, "only root can: run the command with sudo")
    (folder / "run").mkdir()
    changes = [("/etc/nginx/", f"{folder}/etc/nginx/"), (" /run/", f" {folder}/run/")]
    for site in (settings.public, settings.workbench.site if settings.workbench else None):
        if site is not None:
            changes += _certificates_to_try(site, folder)
    for path in (folder / "etc/nginx").rglob("*"):
        if path.is_file():
            text = path.read_text("utf-8")
            for before, after in changes:
                text = text.replace(before, after)
            path.write_text(text, "utf-8", newline="\n")
    done = _run([nginx, "-t", "-q", "-e", "stderr", "-c", str(folder / "etc/nginx/nginx.conf")])
    return _verdict(what, done, folder)


def _certificates_to_try(site: SiteName, folder: Path) -> list[tuple[str, str]]:
    """A certificate in the place of the real one, which may not be there yet."""
    place = f"/tried/{site.name}"
    tried = SiteName(site.name, f"{place}/fullchain.pem", f"{place}/privkey.pem")
    make_secret(FirstSecret(tried.certificate, "", tried), folder)
    return [
        (f" {site.certificate};", f" {folder}{tried.certificate};"),
        (f" {site.certificate_key};", f" {folder}{tried.certificate_key};"),
    ]


def _check_tor(folder: Path) -> FileCheck:
    what = "tor reads its file"
    if not (tor := _program("tor")):
        return FileCheck(what, CheckState.NOT_TRIED, "tor is not installed here")
    file = folder / "etc/tor/torrc"
    state = folder / "var/lib/tor"
    state.mkdir(parents=True, mode=0o700)
    file.write_text(file.read_text("utf-8").replace("/var/lib/tor", str(state)), "utf-8", newline="\n")
    return _verdict(what, _run([tor, "--verify-config", "-f", str(file), "--DataDirectory", str(state)]), folder)


def _check_haproxy(folder: Path, root: Path) -> FileCheck:
    what = "haproxy reads its file"
    if not (haproxy := _program("haproxy")):
        return FileCheck(what, CheckState.NOT_TRIED, "haproxy is not installed here")
    file = folder / "etc/haproxy/kuule-onion.cfg"
    text = file.read_text("utf-8").replace("/etc/haproxy/", f"{folder}/etc/haproxy/")
    if root != Path("/"):  # its users are there, and not here
        text = re.sub(r"^    (user|group) haproxy\n", "", text.replace(" group debian-tor", ""), flags=re.MULTILINE)
    file.write_text(text, "utf-8", newline="\n")
    return _verdict(what, _run([haproxy, "-c", "-q", "-f", str(file)]), folder)


def _verdict(what: str, done: subprocess.CompletedProcess[str], folder: Path) -> FileCheck:
    if done.returncode == 0:
        return FileCheck(what, CheckState.PASSED)
    said = (done.stderr or done.stdout).replace(str(folder), "").strip()
    return FileCheck(what, CheckState.FAILED, said or f"it ended with {done.returncode} and said nothing")


def _program(name: str) -> str:
    """The path of a program, also where only root has its folder in the path; "" if it is not there."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin") or ""


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 -- each is a program of this list, on files of ours
        command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, timeout=_SECONDS
    )
