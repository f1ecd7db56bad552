"""The Debian package on a bare Debian 13 that boots: installed, tried, served, upgraded, removed, purged."""

from __future__ import annotations

import importlib
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.packaging.booted_container import BootedContainer, booted, make_root, missing
from tests.packaging.built import ROOT, cannot_build, kept_package, package_of, wheel_of
from tests.patience import wait_until

UNITS = ROOT / "deploy" / "systemd"
DATABASE = "sqlite:////var/lib/kuule/answers.sqlite3"
AS_COLLECTOR = (
    "systemd-run --quiet --pipe --wait -p DynamicUser=yes -p User=kuule-collector -p StateDirectory=kuule "
    "-p StateDirectoryMode=0700 -p UMask=0077"
)
LEFT = {
    "/etc/kuule", "/etc/kuule/token-secret", "/srv/kuule", "/srv/kuule/edition",
    "/var/lib/kuule", "/var/lib/private/kuule", "/var/lib/private/kuule/answers.sqlite3",
}  # fmt: skip
"""What a purge leaves, and says so: whoever runs the survey made it. The link /var/lib/kuule is made by systemd."""


@pytest.fixture
def packaging(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return importlib.import_module("debian_package")


@pytest.mark.parametrize(
    ("version", "wanted"),
    [("1.2.0", "1.2.0-1"), ("1.2.0rc1", "1.2.0~rc1-1"), ("0.1.0.dev0", "0.1.0~dev0-1")],
)
def test_versions_sort_as_debian_sorts_them(packaging: ModuleType, version: str, wanted: str) -> None:
    assert packaging.debian_version(version) == wanted


def test_scripts_and_what_was_removed_are_in_no_record(packaging: ModuleType, tmp_path: Path) -> None:
    """pip hashes a script with the folder that it was installed into: two packages would differ."""
    site = tmp_path / "lib/python3.13/site-packages"
    record = site / "one-1.dist-info/RECORD"
    for path in (site / "one.py", tmp_path / "bin/one", record):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    there = "one.py,sha256=a,0\none-1.dist-info/RECORD,,\n"
    gone = '../../../bin/one,sha256=b,9\n"../../../share/one, two.1",sha256=c,9\n'
    record.write_text(gone + there, "utf-8")
    packaging.forget_removed_files(tmp_path)
    assert record.read_text("utf-8") == there


@pytest.mark.parametrize("name", ["collector", "workbench"])
def test_service_of_the_package_is_that_of_deploy(packaging: ModuleType, tmp_path: Path, name: str) -> None:
    """Its arguments stand in a file that an upgrade leaves alone, its places are the package's, and that is all."""
    packaging.place_services(tmp_path)
    unit = (tmp_path / f"usr/lib/systemd/system/kuule-{name}.service").read_text("utf-8")
    own = (UNITS / f"kuule-{name}.service").read_text("utf-8")
    settings = (tmp_path / f"etc/kuule/{name}.conf").read_text("utf-8")
    [arguments] = re.findall(rf"^KUULE_{name.upper()}=(.*)$", settings, re.MULTILINE)
    [started] = re.findall(r"^ExecStart=(.*)$", unit, re.MULTILINE)
    [wanted] = re.findall(r"^ExecStart=(.*)$", own, re.MULTILINE)
    whole = started.replace(f"$KUULE_{name.upper()}", arguments)
    assert shlex.split(whole) == ["/usr/bin/kuule", *shlex.split(wanted)[1:]]
    assert "/opt/kuule" not in unit
    kept = [line for line in own.splitlines() if not line.startswith(("ExecStart=", "Documentation=", "# The "))]
    assert [line for line in kept if line not in unit.splitlines()] == []


def test_package_of_a_collector_has_no_service_that_it_cannot_start(packaging: ModuleType, tmp_path: Path) -> None:
    packaging.place_services(tmp_path, "collector")
    assert [path.name for path in (tmp_path / "usr/lib/systemd/system").iterdir()] == ["kuule-collector.service"]
    assert [path.name for path in (tmp_path / "etc/kuule").iterdir()] == ["collector.conf"]


def test_wheel_that_is_not_there_is_said(packaging: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert packaging.main(["dist/kuule.whl"]) == 1
    assert "dist/kuule.whl is no wheel of Kuule" in capsys.readouterr().err


@pytest.fixture(scope="module")
def packages() -> list[Path]:
    """A version and the next one."""
    if why := cannot_build():
        pytest.skip(why)
    return [kept_package("0.1.0.dev0"), kept_package("0.1.0")]


@pytest.fixture(scope="module")
def container(packages: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[BootedContainer]:
    """A bare Debian with what the package depends on, and both packages on its disk."""
    if why := missing():
        pytest.skip(why)
    root = tmp_path_factory.mktemp("machine") / "root"
    make_root(root, "python3", "zlib1g", "libstdc++6", "curl")
    for package in packages:
        (root / "root" / package.name).write_bytes(package.read_bytes())
    with booted(root, f"kuule-{root.parent.name}") as machine:
        yield machine


def answers(machine: BootedContainer) -> bool:
    asked = "curl --silent --output /dev/null --write-out '%{http_code}' http://127.0.0.1:8000/"
    return machine.run(asked, may_fail=True) == "200"


def served_by(machine: BootedContainer) -> str:
    return machine.run("systemctl show --property MainPID --value kuule-collector").strip()


@pytest.mark.whole
@pytest.mark.timeout(3600)
def test_package_is_installed_served_upgraded_and_gone(container: BootedContainer, packages: list[Path]) -> None:
    machine, (older, newer) = container, packages
    before = machine.files()
    machine.run(f"dpkg -i /root/{older.name}")
    assert machine.run("kuule --version").startswith("kuule 0.1.0.dev0 on Python 3.")
    assert (
        machine.run("systemctl is-enabled kuule-collector kuule-workbench", may_fail=True).split() == ["disabled"] * 2
    )

    machine.run("cd /root && kuule demo --once --responses 30")
    assert "index.html" in machine.run("ls /root/practice/report")

    machine.run("mkdir /srv/kuule && cp -r /root/practice/edition /srv/kuule/ && rm -r /root/practice")
    machine.run("umask 077; head -c 32 /dev/urandom > /etc/kuule/token-secret")
    machine.run("sed -i 's/^KUULE_COLLECTOR=.*/& --rehearsal --drafts/' /etc/kuule/collector.conf")
    machine.run(f"{AS_COLLECTOR} /usr/bin/kuule database new --database {DATABASE}")
    machine.run("systemctl enable --now kuule-collector")
    wait_until(lambda: answers(machine))
    process = served_by(machine)

    machine.run(f"dpkg -i /root/{newer.name}")
    assert machine.run("kuule --version").startswith("kuule 0.1.0 on Python 3.")
    assert "--rehearsal --drafts\n" in machine.run("cat /etc/kuule/collector.conf")
    wait_until(lambda: answers(machine))
    assert served_by(machine) not in ("0", process)

    machine.run("dpkg --remove kuule")
    assert machine.run("systemctl is-active kuule-collector", may_fail=True) == "inactive\n"
    assert machine.run("ls -d /usr/lib/kuule", may_fail=True).startswith("ls: cannot access")
    said = machine.run("dpkg --purge kuule")
    assert "not deleted, because only you can know whether it is still needed: /etc/kuule /srv/kuule" in said

    after = machine.files()
    new = {path for path in after if path not in before and not path.startswith("/srv/kuule/edition/")}
    ours = {path for path in new if not path.startswith(("/var/log/", "/var/tmp/systemd-private-"))}
    assert {path.removesuffix("-journal") for path in ours} == LEFT
    lost = [path for path in before if path not in after and not path.startswith("/var/tmp/systemd-private-")]
    assert lost == []
    assert {path: after[path] for path in before if path in after and after[path] != before[path]} == {}


@pytest.mark.whole
def test_lintian_finds_nothing_that_is_not_explained(packages: list[Path]) -> None:
    if shutil.which("lintian") is None:
        pytest.skip("not installed: lintian")
    command = ["lintian", "--fail-on", "none", "--tag-display-limit", "0", str(packages[1])]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = {line.split(": ", 2)[2].split(" ")[0] for line in said.splitlines() if line.startswith(("E: ", "W: "))}
    # of a package that nobody answers for yet
    assert found <= {"bogus-mail-host", "bogus-mail-host-in-debian-changelog"}


@pytest.mark.whole
def test_two_builds_are_equal_to_the_byte(packages: list[Path], tmp_path_factory: pytest.TempPathFactory) -> None:
    again = package_of(wheel_of("0.1.0", tmp_path_factory.mktemp("again")), tmp_path_factory.mktemp("other"))
    assert again.read_bytes() == packages[1].read_bytes()
