"""`make release`: refused where it would not be one, the same to the byte each time, signed for anybody to check."""

from __future__ import annotations

import importlib
import os
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
VERIFY = ("ssh-keygen", "-Y", "verify", "-f", "signers", "-I", "releases@example.org", "-n", "kuule-release")


@pytest.fixture
def release(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return importlib.import_module("release")


def git(folder: Path, *arguments: str) -> None:
    named = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run([*named, "-c", "tag.gpgsign=false", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a changelog, on a commit that is tagged v1.2.0."""
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## [1.2.0] - 2026-12-01\n", "utf-8")
    left = tmp_path / "tests/installations/1.2.0/installation.tar.xz"
    left.parent.mkdir(parents=True)
    left.touch()
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "Begin")
    git(tmp_path, "tag", "v1.2.0")
    return tmp_path


def test_tagged_commit_that_is_in_the_changelog_is_a_release(release: ModuleType, checkout: Path) -> None:
    assert release.released_version(checkout) == "1.2.0"


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (("tag", "--delete", "v1.2.0"), "this commit has 0 tags like v1.2.3, and a release has one"),
        (("tag", "v1.2.1"), "this commit has 2 tags like v1.2.3, and a release has one"),
        (("rm", "CHANGELOG.md"), "there are changes that are not committed"),
    ],
)
def test_what_is_no_release_is_refused(release: ModuleType, checkout: Path, done: tuple[str, ...], said: str) -> None:
    git(checkout, *done)
    with pytest.raises(Exception, match=said):
        release.released_version(checkout)


def test_release_that_leaves_no_installation_is_refused(release: ModuleType, checkout: Path) -> None:
    git(checkout, "tag", "--delete", "v1.2.0")
    git(checkout, "rm", "tests/installations/1.2.0/installation.tar.xz")
    git(checkout, "commit", "--quiet", "-m", "Without it")
    git(checkout, "tag", "v1.2.0")
    with pytest.raises(Exception, match=r"no small installation of 1\.2\.0"):
        release.released_version(checkout)


def test_release_that_the_changelog_does_not_know_is_refused(release: ModuleType, checkout: Path) -> None:
    git(checkout, "tag", "--delete", "v1.2.0")
    git(checkout, "tag", "v1.3.0")
    with pytest.raises(Exception, match=r"CHANGELOG\.md has no section \[1\.3\.0\] with a date"):
        release.released_version(checkout)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A key that was made for this test."""
    path = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", str(path)], check=True)
    return path


@pytest.fixture
def signed(release: ModuleType, tmp_path: Path, key: Path) -> Path:
    """A folder with a wheel and a package, whose checksums were signed with it."""
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / "kuule-1.2.0-py3-none-any.whl").write_bytes(b"a wheel")
    (folder / "kuule_1.2.0_amd64.deb").write_bytes(b"a package")
    assert release.main(["--output", str(folder), "--sign", str(key)]) == 0
    public = key.with_suffix(".pub").read_text("utf-8")
    (folder / "signers").write_text(f'releases@example.org namespaces="kuule-release" {public}', "utf-8")
    return folder


def verified(folder: Path) -> bool:
    """The two commands that docs/how-to/release.md names: the signature on the sums, and the sums of the files."""
    with (folder / "SHA256SUMS").open("rb") as sums:
        verify = subprocess.run(
            [*VERIFY, "-s", "SHA256SUMS.sig"], cwd=folder, stdin=sums, capture_output=True, check=False
        )
    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    return (
        verify.returncode == 0 and subprocess.run(check, cwd=folder, capture_output=True, check=False).returncode == 0
    )


def test_signed_release_is_verified_by_what_every_debian_has(signed: Path) -> None:
    assert verified(signed)
    sums = (signed / "SHA256SUMS").read_text("utf-8")
    assert [line.split("  ")[1] for line in sums.splitlines()] == [
        "kuule-1.2.0-py3-none-any.whl", "kuule_1.2.0_amd64.deb",
    ]  # fmt: skip


def test_file_that_was_changed_is_found(signed: Path) -> None:
    (signed / "kuule_1.2.0_amd64.deb").write_bytes(b"another package")
    assert not verified(signed)


def test_sums_that_were_changed_with_it_are_found(release: ModuleType, signed: Path) -> None:
    (signed / "kuule_1.2.0_amd64.deb").write_bytes(b"another package")
    release.write_sums(signed)
    assert not verified(signed)


def test_key_of_somebody_else_is_found(release: ModuleType, signed: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(other)], check=True)
    signers = (signed / "signers").read_bytes()
    (signed / "signers").unlink()
    release.sign(signed, other)
    (signed / "signers").write_bytes(signers)
    assert not verified(signed)


def test_signature_that_was_made_for_something_else_is_none(signed: Path, key: Path) -> None:
    (signed / "SHA256SUMS.sig").unlink()
    command = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", "file", "SHA256SUMS"]
    subprocess.run(command, cwd=signed, check=True, capture_output=True)
    assert not verified(signed)


def test_nothing_is_signed_without_a_key_or_a_wheel(
    release: ModuleType, tmp_path: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "dist").mkdir()
    assert release.main(["--output", str(tmp_path / "dist"), "--sign", str(tmp_path / "none")]) == 1
    assert release.main(["--output", str(tmp_path / "dist"), "--sign", str(key)]) == 1
    said = capsys.readouterr().err
    assert f"there is no key {tmp_path / 'none'}\n" in said
    assert f"there is no wheel in {tmp_path / 'dist'}\n" in said


def test_release_is_built_into_an_empty_folder_only(release: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "old.whl").touch()
    with pytest.raises(Exception, match="is not empty"):
        release.build(ROOT, tmp_path, rehearse=True)


@pytest.mark.whole
def test_release_is_the_same_to_the_byte_in_another_folder_at_another_time_under_another_umask(
    release: ModuleType, tmp_path: Path
) -> None:
    first = release.build(ROOT, tmp_path / "first", rehearse=True)
    before = os.umask(0o077)
    try:
        second = release.build(ROOT, tmp_path / "a longer name" / "second", rehearse=True)
    finally:
        os.umask(before)
    assert [path.name for path in first] == [path.name for path in second]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
