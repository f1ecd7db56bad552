"""Makes a release of what is committed: wheel, source archive, list of materials, checksums; and signs them.

    make release                          all of it into dist/, from the tag on this commit
    make release RELEASE=--rehearse       the same without a tag, to see whether it would work
    make release RELEASE="--sign KEY"     the checksums of everything in dist/, and their signature by an SSH key

Nothing leaves this machine: docs/how-to/release.md says what comes before and after. Exit codes as setup.py.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import bill_of_materials
from words import SetupStop, say

ROOT = Path(__file__).resolve().parent.parent
NAMESPACE = "kuule-release"
"""What a signature is for: one that was made for anything else does not count as one on a release."""
SUMS = "SHA256SUMS"
_TAG = re.compile(r"v(\d+\.\d+\.\d+(?:rc\d+)?)")


def main(arguments: Sequence[str]) -> int:
    """Build, or sign, as the arguments say."""
    parser = argparse.ArgumentParser(
        prog="release.py", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--output", type=Path, default=ROOT / "dist", help="the folder for all of it (dist)")
    parser.add_argument(
        "--rehearse", action="store_true", help="build without a tag and without a line in CHANGELOG.md"
    )
    parser.add_argument("--sign", type=Path, metavar="KEY", help="sign what is in the folder with this SSH key")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.sign:
            sign(chosen.output, chosen.sign)
        else:
            build(ROOT, chosen.output, rehearse=chosen.rehearse)
    except SetupStop as stop:
        say(str(stop))
        return 1
    return 0


def build(root: Path, output: Path, *, rehearse: bool = False) -> list[Path]:
    """Build everything from a clone of the commit, so that no file of this folder gets in that is not in it."""
    version = "" if rehearse else released_version(root)
    _check_output(output)
    _check_metadata(root)
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        _run(folder, "git", "clone", "--quiet", "--no-local", str(root), str(clone))
        _run(clone, "git", "checkout", "--quiet", "--detach", _git(root, "rev-parse", "HEAD"))
        [archive] = _built(clone, Path(folder) / "archive", "build_sdist")
        shutil.unpack_archive(archive, Path(folder) / "unpacked", filter="data")
        [unpacked] = (Path(folder) / "unpacked").iterdir()
        [wheel] = _built(unpacked, Path(folder) / "wheel", "build_wheel")
        [again] = _built(clone, Path(folder) / "again", "build_wheel")
        if wheel.read_bytes() != again.read_bytes():
            raise SetupStop("the wheel of the source archive and that of the checkout differ", "find out why: setup.py")
        if version and wheel.name != f"kuule-{version}-py3-none-any.whl":
            raise SetupStop(f"{wheel.name} was built from the tag v{version}", "commit what was changed, tag it anew")
        output.mkdir(parents=True, exist_ok=True)
        made = [Path(shutil.copy(path, output / path.name)) for path in (wheel, archive)]
    made.append(write_bill(root, output, wheel.name.split("-")[1]))
    made.append(write_sums(output))
    for path in made:
        say(f"{path}: {path.stat().st_size:,} bytes")
    return made


def released_version(root: Path) -> str:
    """The version of the tag on this commit. Refuses what is not committed, tagged and in the changelog."""
    if _git(root, "status", "--porcelain", "--untracked-files=no"):
        raise SetupStop("there are changes that are not committed", "commit them, or put them away (git stash)")
    tags = [found[1] for found in map(_TAG.fullmatch, _git(root, "tag", "--points-at", "HEAD").split()) if found]
    if len(tags) != 1:
        raise SetupStop(
            f"this commit has {len(tags)} tags like v1.2.3, and a release has one",
            "set it (git tag --sign v1.2.3), or only try: make release RELEASE=--rehearse",
        )
    said = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    if not re.search(rf"^## \[{re.escape(tags[0])}\] - \d{{4}}-\d\d-\d\d$", said, re.MULTILINE):
        raise SetupStop(f"CHANGELOG.md has no section [{tags[0]}] with a date", f"write `## [{tags[0]}] - YYYY-MM-DD`")
    if not (root / "tests/installations" / tags[0] / "installation.tar.xz").is_file():
        raise SetupStop(
            f"there is no small installation of {tags[0]} for later versions to upgrade",
            f"make it, and commit it before the tag: python3 scripts/small_installation.py {tags[0]}",
        )
    return tags[0]


def write_bill(root: Path, output: Path, version: str) -> Path:
    """The list of materials, dated as the commit is."""
    at = datetime.fromtimestamp(int(_git(root, "log", "-1", "--format=%ct")), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    bill = bill_of_materials.bill_of_materials(root, version=version, at=at)
    target = output / f"kuule-{version}.cdx.json"
    target.write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return target


def write_sums(output: Path) -> Path:
    """The checksum of every file of the folder, as `sha256sum --check` reads them."""
    files = sorted(path for path in output.iterdir() if path.is_file() and path.name not in (SUMS, f"{SUMS}.sig"))
    lines = []
    for path in files:
        with path.open("rb") as content:
            lines.append(f"{hashlib.file_digest(content, 'sha256').hexdigest()}  {path.name}\n")
    target = output / SUMS
    target.write_text("".join(lines), encoding="utf-8")
    return target


def sign(output: Path, key: Path) -> Path:
    """Write the checksums of what is there now, packages too, and sign them. `ssh-keygen` asks for a passphrase."""
    if not key.is_file():
        raise SetupStop(f"there is no key {key}", "name the file of an SSH key: docs/how-to/release.md")
    if not any(output.glob("*.whl")):
        raise SetupStop(f"there is no wheel in {output}", "make the release first: make release")
    sums = write_sums(output)
    signature = output / f"{SUMS}.sig"
    signature.unlink(missing_ok=True)
    _run(output, "ssh-keygen", "-Y", "sign", "-f", str(key.resolve()), "-n", NAMESPACE, sums.name, quiet=False)
    said = _run(output, "ssh-keygen", "-Y", "check-novalidate", "-n", NAMESPACE, "-s", str(signature), given=sums)
    say(said.strip())
    return signature


def _check_output(output: Path) -> None:
    if output.is_dir() and any(output.iterdir()):
        raise SetupStop(
            f"{output} is not empty", "move away what is in it: everything in it is signed with the release"
        )


def _check_metadata(root: Path) -> None:
    if missing := bill_of_materials.without_metadata(root):
        raise SetupStop(
            f"the locked versions of {', '.join(missing[:5])} are not installed here: their licences are not known",
            "run this with the project's own Python: python3 scripts/setup.py run, then make release",
        )


def _built(source: Path, output: Path, what: str) -> list[Path]:
    """What setuptools makes of a folder, from what is installed here: nothing is fetched for it."""
    output.mkdir()
    order = f"import setuptools.build_meta as backend; backend.{what}({str(output)!r})"
    _run(source, sys.executable, "-c", order)
    return list(output.iterdir())


def _git(root: Path, *arguments: str) -> str:
    return _run(root, "git", *arguments).strip()


def _run(folder: Path | str, *command: str, given: Path | None = None, quiet: bool = True) -> str:
    """Run a program, and stop with its own words where it refuses."""
    stdin = given.open("rb") if given else None
    try:
        outcome = subprocess.run(
            command, cwd=folder, stdin=stdin, capture_output=quiet, text=True, check=False, env=dict(os.environ)
        )
    except FileNotFoundError:
        raise SetupStop(f"there is no {command[0]} here", "install it: apt install git openssh-client") from None
    finally:
        if stdin:
            stdin.close()
    if outcome.returncode != 0:
        said = (outcome.stderr or outcome.stdout or "").strip()
        raise SetupStop(f"{' '.join(command[:3])}: {said[-2000:]}", "mend it, then run the same command again")
    return outcome.stdout or ""


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
