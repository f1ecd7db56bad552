"""Reading and guarding the files that commands are given."""

from __future__ import annotations

from pathlib import Path

from kuule.core.problems import KeyMaterialError, KuuleError, Problem
from kuule.opening.private_key import PrivateKey
from kuule.sealing.keys import PublicKey

DEFAULT_DATABASE = "sqlite:///var/collector.sqlite3"
"""The collector's database where none is named."""


def make_default_database_folder(database: str) -> None:
    """Where the default is meant, its folder, for this user's eyes only. Any other folder is there already."""
    if database == DEFAULT_DATABASE:
        Path("var").mkdir(mode=0o700, exist_ok=True)


class FileError(KuuleError):
    """A file or folder that a command was given is not there, or is in the way."""


def check_path_is_free(path: Path, what: str) -> None:
    """Raise CLI_001 where something is at `path` already: results are never overwritten."""
    if path.exists():
        cause = f"{what} would be written here, and something is here already"
        raise FileError(Problem("CLI_001", str(path), cause, "give another path, or move it away first"))


def read_public_key(path: Path) -> PublicKey:
    """Read a public key's file. Raises KeyMaterialError CLI_002 where there is none, KEY_ codes where it is no such
    key."""
    return PublicKey.from_text(read_key_file(path), str(path))


def read_private_key(path: Path) -> PrivateKey:
    """Read a secret key's file. Raises KeyMaterialError CLI_002 where there is none, KEY_ codes where it is no such
    key."""
    return PrivateKey.from_text(read_key_file(path), str(path))


def read_key_file(path: Path) -> str:
    """The text of a key's file. Raises KeyMaterialError CLI_002 where there is none."""
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError, IsADirectoryError) as error:
        remedy = "give the path of a file that `kuule keys new` made"
        raise KeyMaterialError(Problem("CLI_002", str(path), "there is no key file here", remedy)) from error
