"""Builds the Debian package: `/usr/bin/python3 scripts/debian_package.py dist/kuule-*.whl`.

It has an environment of its own with the locked packages, each taken by its hash, and is for the Debian and the
architecture of the machine that builds it. Needs python3-venv and dpkg-dev, and no root; downloads from the Python
package index. Two builds of one wheel are equal to the byte. Exit codes as setup.py.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import environment
import locks
from words import SetupStop, say

ROOT = Path(__file__).resolve().parent.parent
PARTS = ROOT / "deploy" / "debian"
HOME = "usr/lib/kuule"
"""The environment: what the command and the services run."""
DOCS = "usr/share/doc/kuule"
SERVICES = {"collector": "kuule-collector.service", "workbench": "kuule-workbench.service"}
CHANGED = {"/opt/kuule/.venv/bin/kuule": "/usr/bin/kuule", "/opt/kuule/docs": f"/{DOCS}/docs"}
"""Places of an installation by hand, and where the package has them."""
NOBODY = "Nobody named <nobody@localhost>"
"""The maintainer where none is given: no address is invented here."""
OLDEST_TIME = 315_532_800
_WHEEL = re.compile(r"kuule-([0-9][^-]*)-py3-none-any\.whl")
_LAUNCHER = "#!/usr/lib/kuule/bin/python3\nimport sys\n\nfrom kuule.cli import main\n\nsys.exit(main())\n"
_CONFIGURATION = """\
# What `{command}` is started with by {service}. After a change: systemctl restart {name}
# Every option: kuule {name_of_command} --help. Your changes stay when the package is upgraded.
{variable}={arguments}
"""


def main(arguments: Sequence[str]) -> int:
    """Build the package of a wheel."""
    parser = argparse.ArgumentParser(prog="debian_package.py", description="Build the Debian package of a wheel.")
    parser.add_argument("wheel", type=Path, help="kuule-VERSION-py3-none-any.whl, of make release")
    parser.add_argument("--output", type=Path, help="the folder for the package (that of the wheel)")
    parser.add_argument("--role", choices=("collector", "workbench", "run"), default="run", help="what it can do (run)")
    parser.add_argument("--maintainer", default=NOBODY, help="who answers for it: Name <address>")
    parser.add_argument("--fast", action="store_true", help="pack it quickly and larger, to try it")
    chosen = parser.parse_args(arguments)
    try:
        made = build(chosen.wheel, chosen.output or chosen.wheel.parent, chosen)
    except SetupStop as stop:
        say(str(stop))
        return 1
    say(f"{made}: {made.stat().st_size:,} bytes")
    return 0


def build(wheel: Path, output: Path, chosen: argparse.Namespace) -> Path:
    """The package, in a folder."""
    found = _WHEEL.fullmatch(wheel.name)
    if found is None or not wheel.is_file():
        raise SetupStop(f"{wheel} is no wheel of Kuule", "make it first: make release RELEASE=--rehearse")
    python = "{}.{}".format(*sys.version_info[:2])
    version = debian_version(found[1])
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder) / "stage"
        install_environment(stage, Path(folder), wheel, found[1], chosen.role)
        place_services(stage, chosen.role)
        place_documents(stage, version, chosen.maintainer)
        _settle_modes(stage)
        write_control(stage, version, python, chosen.maintainer)
        architecture = _run("dpkg", "--print-architecture").strip()
        output.mkdir(parents=True, exist_ok=True)
        name = "kuule" if chosen.role == "run" else f"kuule-{chosen.role}-only"
        target = output / f"{name}_{version}_{architecture}.deb"
        packing = ("-Zxz", "-z0") if chosen.fast else ("-Zxz", "-z6")
        _run("dpkg-deb", "--root-owner-group", *packing, "--build", str(stage), str(target))
    return target


def debian_version(version: str) -> str:
    """The version as Debian sorts it: a candidate and what is on the way come before the release."""
    return re.sub(r"(\d)(rc|\.dev)", r"\1~\2", version).replace("~.", "~") + "-1"


def install_environment(stage: Path, folder: Path, wheel: Path, version: str, role: str) -> None:
    """The locked packages of a role and the wheel, in an environment that can be moved to where it will be."""
    home, builder = stage / HOME, folder / "builder"
    _run(sys.executable, "-m", "venv", str(builder))
    _run(sys.executable, "-m", "venv", "--without-pip", "--symlinks", str(home))
    pip = [
        str(builder / "bin" / "python"), "-m", "pip", "--python", str(home / "bin" / "python3"), "install", "--quiet",
        "--disable-pip-version-check", "--no-input", "--no-compile", "--no-warn-script-location",
    ]  # fmt: skip
    lock = folder / "lock.txt"
    lock.write_text("".join(block for name, block in locks.read(ROOT, role).items() if name != "setuptools"), "utf-8")
    _run(*pip, "--require-hashes", "--only-binary", ":all:", "--no-deps", "--requirement", str(lock))
    # by its name and not its path, which would be noted in the package
    wheels = folder / "wheels"
    wheels.mkdir()
    shutil.copy(wheel, wheels)
    _run(*pip, "--no-index", "--find-links", str(wheels), "--no-deps", f"kuule=={version}")
    for path in (home / "bin").iterdir():
        path.unlink()
    for name in ("python3", "python"):
        (home / "bin" / name).symlink_to("../../../bin/python3")
    (home / "bin" / "kuule").write_text(_LAUNCHER, encoding="utf-8")
    for name in ("include", "lib64", "share", ".gitignore"):
        _remove(home / name)
    forget_removed_files(home)
    settings = f"home = /usr/bin\ninclude-system-site-packages = false\nversion = {'{}.{}'.format(*sys.version_info)}\n"
    (home / "pyvenv.cfg").write_text(settings, encoding="utf-8")
    (stage / "usr" / "bin").mkdir(parents=True)
    (stage / "usr" / "bin" / "kuule").symlink_to("../lib/kuule/bin/kuule")


def forget_removed_files(home: Path) -> None:
    """Leave out of each RECORD of an environment what stands there no more, and all scripts: pip notes their hashes as
    they were for the folder of this build, so that no two packages would be equal."""
    for record in home.glob("lib/python3*/site-packages/*.dist-info/RECORD"):
        lines = record.read_text("utf-8").splitlines(keepends=True)
        paths = [path for path, *_ in csv.reader(lines)]
        kept = [
            line
            for line, path in zip(lines, paths, strict=True)
            if not path.startswith("../../../bin/") and (record.parents[1] / path).exists()
        ]
        record.write_text("".join(kept), "utf-8")


def place_services(stage: Path, role: str = "run") -> None:
    """The units of deploy/systemd that a role can start, with the places of the package, and with their arguments in a
    file in /etc/kuule."""
    units, settings = stage / "usr" / "lib" / "systemd" / "system", stage / "etc" / "kuule"
    units.mkdir(parents=True)
    settings.mkdir(parents=True)
    for name, service in SERVICES.items():
        if role == "collector" and name != role:
            continue
        unit = moved((ROOT / "deploy" / "systemd" / service).read_text(encoding="utf-8"))
        unit = unit.replace(f"/etc/systemd/system/{service}", f"/usr/lib/systemd/system/{service}")
        unit, arguments, command = _with_arguments_apart(unit, name)
        (units / service).write_text(unit, encoding="utf-8")
        variable = f"KUULE_{name.upper()}"
        text = _CONFIGURATION.format(
            command=command, service=service, name=service.removesuffix(".service"), variable=variable,
            arguments=arguments, name_of_command=command.split()[-1],
        )  # fmt: skip
        (settings / f"{name}.conf").write_text(text, encoding="utf-8")


def _with_arguments_apart(unit: str, name: str) -> tuple[str, str, str]:
    """A unit whose command takes its arguments from /etc/kuule, those arguments, and the command."""
    [line] = re.findall(r"^ExecStart=(.*)$", unit, flags=re.MULTILINE)
    program, command, *arguments = shlex.split(line)
    apart = f"EnvironmentFile=/etc/kuule/{name}.conf\nExecStart={program} {command} $KUULE_{name.upper()}"
    return unit.replace(f"ExecStart={line}", apart), shlex.join(arguments), f"kuule {command}"


def moved(text: str) -> str:
    """A text with the places of an installation by hand changed to those of the package."""
    for old, new in CHANGED.items():
        text = text.replace(old, new)
    return text


def place_documents(stage: Path, version: str, maintainer: str) -> None:
    """The documentation without its pictures, the files of deploy/ to copy from, and what Debian wants."""
    docs = stage / DOCS
    shutil.copytree(ROOT / "docs", docs / "docs", ignore=shutil.ignore_patterns("pictures", "__pycache__"))
    shutil.copytree(ROOT / "deploy", docs / "deploy", ignore=shutil.ignore_patterns("debian", "oci", "__pycache__"))
    for path in (docs / "deploy").rglob("*"):
        if path.is_file():
            path.write_text(moved(path.read_text(encoding="utf-8")), encoding="utf-8")
    for name in ("README.md", "SECURITY.md"):
        shutil.copy(ROOT / name, docs / name)
    shutil.copy(PARTS / "copyright", docs / "copyright")
    overrides = stage / "usr" / "share" / "lintian" / "overrides"
    overrides.mkdir(parents=True)
    shutil.copy(PARTS / "lintian-overrides", overrides / "kuule")
    manual = stage / "usr" / "share" / "man" / "man1"
    manual.mkdir(parents=True)
    _pack((PARTS / "kuule.1").read_bytes(), manual / "kuule.1.gz")
    _pack((ROOT / "CHANGELOG.md").read_bytes(), docs / "changelog.gz")
    entry = f"kuule ({version}) stable; urgency=medium\n\n  * What changed is in changelog.gz beside this.\n\n"
    _pack(f"{entry} -- {maintainer}  Tue, 01 Jan 1980 00:00:00 +0000\n".encode(), docs / "changelog.Debian.gz")


def write_control(stage: Path, version: str, python: str, maintainer: str) -> None:
    """DEBIAN/: what dpkg reads, and the scripts that it runs."""
    control = stage / "DEBIAN"
    files = sorted(path for path in stage.rglob("*") if path.is_file() and not path.is_symlink())
    control.mkdir()
    major, minor = python.split(".")
    said = (PARTS / "control").read_text(encoding="utf-8").format(
        version=version, architecture=_run("dpkg", "--print-architecture").strip(), maintainer=maintainer,
        size=sum(path.stat().st_size for path in files) // 1024, python=python,
        next_python=f"{major}.{int(minor) + 1}", where=f"/{HOME}",
    )  # fmt: skip
    (control / "control").write_text(said, encoding="utf-8")
    settings = [path for path in files if path.is_relative_to(stage / "etc")]
    (control / "conffiles").write_text("".join(f"/{path.relative_to(stage)}\n" for path in settings), encoding="utf-8")
    sums = (f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(stage)}\n" for path in files)
    (control / "md5sums").write_text("".join(sums), encoding="utf-8")
    for name in ("postinst", "prerm", "postrm"):
        shutil.copyfile(PARTS / name, control / name)
        (control / name).chmod(0o755)
    for path in control.iterdir():
        path.chmod(0o755 if path.name in ("postinst", "prerm", "postrm") else 0o644)
    control.chmod(0o755)


def _settle_modes(stage: Path) -> None:
    for path in [stage, *stage.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or path.parent == stage / HOME / "bin"
            path.chmod(0o755 if runs else 0o644)


def _pack(content: bytes, target: Path) -> None:
    done = subprocess.run(["gzip", "-9", "--no-name"], input=content, capture_output=True, check=True)
    target.write_bytes(done.stdout)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _run(*command: str) -> str:
    settings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    settings.setdefault("SOURCE_DATE_EPOCH", str(OLDEST_TIME))
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=settings)
    except FileNotFoundError:
        raise SetupStop(f"there is no {command[0]} here", "on Debian: sudo apt install dpkg-dev python3-venv") from None
    if done.returncode != 0:
        raise SetupStop(*environment.explain(done.stdout + done.stderr))
    return done.stdout


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
