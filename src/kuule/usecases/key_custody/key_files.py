"""Key files: which key a file holds, and reading private keys from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kuule.core.problems import KeyMaterialError
from kuule.opening.private_key import PrivateKey
from kuule.opening.protected_key import ProtectedKey
from kuule.sealing.key_text import key_text_kind
from kuule.sealing.keys import PublicKey
from kuule.study.folder.key_record import DestroyedKey, read_key_record
from kuule.usecases.input_files import read_key_file

_NAMES = ("*.public-key", "*.secret-key", "public.key")
_LARGEST = 16_384
"""Bytes: larger files are no key files. The text of a public key has about 1,800 bytes."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """One key file. `public` is None if it is known only with the passphrase; the id is then the one in the file."""

    path: Path
    kind: str
    key_id: str
    rehearsal: bool
    public: PublicKey | None

    @property
    def purpose(self) -> str:
        return "for rehearsal" if self.rehearsal else "for real answers"


@dataclass(frozen=True, slots=True)
class ListedKey:
    """A key of a folder. `file` is one file that holds it, or None for a key that was destroyed and has no file there;
    `destroyed` is its entry in keys.toml, or None."""

    key_id: str
    file: KeyFile | None
    destroyed: DestroyedKey | None


def identify_key_file(path: Path) -> KeyFile:
    """The key that a file holds. Raises KeyMaterialError CLI_002 if it holds none, and KEY_ codes if it is damaged."""
    text = read_key_file(path)
    place = str(path)
    match key_text_kind(text):
        case "protected":
            closed = ProtectedKey.from_text(text, place)
            return KeyFile(path, "secret, with a passphrase", closed.key_id.hex(), closed.rehearsal, None)
        case "secret":
            key, kind = PrivateKey.from_text(text, place).public, "secret, not protected"
        case _:
            key, kind = PublicKey.from_text(text, place), "public"
    return KeyFile(path, kind, key.key_id.hex(), key.rehearsal, key)


def read_private_key(path: Path) -> PrivateKey:
    """Read a private key file. Raises KeyMaterialError CLI_002 if there is none, and KEY_ codes if it is not one."""
    return PrivateKey.from_text(read_key_file(path), str(path))


def find_keys(folder: Path) -> tuple[ListedKey, ...]:
    """Every key file in a folder and in the folders inside it, sorted by the id of its key, then the destroyed keys of
    its keys.toml that have no file there. Other files are ignored. Raises StudyError if keys.toml cannot be read."""
    destroyed = {one.key_id: one for one in read_key_record(folder)}
    files = sorted(_found(folder), key=lambda key: (key.key_id, str(key.path)))
    gone = destroyed.keys() - {file.key_id for file in files}
    return (
        *(ListedKey(file.key_id, file, destroyed.get(file.key_id)) for file in files),
        *(ListedKey(key_id, None, one) for key_id, one in destroyed.items() if key_id in gone),
    )


def _found(folder: Path) -> Iterator[KeyFile]:
    for name in _NAMES:
        for path in folder.rglob(name):
            if path.is_file() and path.stat().st_size <= _LARGEST:
                try:
                    yield identify_key_file(path)
                except KeyMaterialError:
                    continue
