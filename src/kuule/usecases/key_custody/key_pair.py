"""Making a practice key in plain files, and recording that a key was destroyed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.core.files import write_new
from kuule.core.problems import Problem
from kuule.opening.private_key import SECRET_LENGTH, PrivateKey
from kuule.study.folder.key_record import DestroyedKey, append_destroyed_key, is_key_id
from kuule.study.settings.study_toml import read_settings
from kuule.usecases.input_files import FileError, check_path_is_free
from kuule.usecases.key_custody.ceremony_files import KeyPaths
from kuule.usecases.key_custody.key_files import KeyFile, identify_key_file


def make_key_pair(to: Path, name: str, *, rehearsal: bool) -> tuple[Path, Path]:
    """Write NAME.public-key and NAME.secret-key (mode 0600, no passphrase) into a folder and return both paths.

    This is for rehearsals; a key for real answers is made in a ceremony. Raises FileError CLI_001 if either file is
    there already, because a key that is overwritten is lost for good.
    """
    places = KeyPaths(to, f"{name}.rehearsal" if rehearsal else name)
    for path in (places.public, places.secret):
        check_path_is_free(path, "a key")
    to.mkdir(parents=True, exist_ok=True)
    key = PrivateKey.generate(secrets.token_bytes(SECRET_LENGTH), rehearsal)
    write_new(places.secret, key.to_text().encode("utf-8"))
    places.public.write_text(key.public.to_text(), encoding="utf-8", newline="\n")
    return places.public, places.secret


@dataclass(frozen=True, slots=True)
class Destruction:
    """What was recorded: the entry, and the study whose key it was. `file` is the key file, if a file was given and not
    only the id of the key."""

    entry: DestroyedKey
    study_id: str
    file: KeyFile | None

    @property
    def file_still_opens(self) -> bool:
        """Whether the file that was given can open answers, and therefore has to be destroyed too."""
        return self.file is not None and self.file.kind != "public"


def record_destruction(study: Path, key: str, *, on: str, by: str, today: date) -> Destruction:
    """Record in the study's keys.toml that a key was destroyed. `key` is its id, or the path of its file.

    Raises FileError CLI_009 (a wrong day, or no id of a key), StudyError, and KeyMaterialError (the file).
    """
    settings = read_settings(study / "study.toml")
    key_id, file = _named_key(key)
    try:
        entry = DestroyedKey(key_id, _day(on, today), by.strip())
    except ValueError as error:
        raise _not_recorded("--by", str(error), 'write one like "research lead and two holders"') from None
    append_destroyed_key(study, entry)
    return Destruction(entry, settings.id, file)


def _named_key(key: str) -> tuple[str, KeyFile | None]:
    path = Path(key)
    if path.is_file():
        file = identify_key_file(path)
        return file.key_id, file
    if not is_key_id(key_id := key.strip().lower()):
        remedy = "give the path of its public key, or its id as `kuule keys list` prints it"
        raise _not_recorded(key, "it is neither a file nor the id of a key, which has 16 hexadecimal digits", remedy)
    return key_id, None


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _not_recorded("--on", f"{text!r} is no day", "write it like 2027-01-31") from None
    if day > today:
        raise _not_recorded("--on", f"{text} is still to come", "write it down once the key was destroyed")
    return day


def _not_recorded(place: str, cause: str, remedy: str) -> FileError:
    return FileError(Problem("CLI_009", place, cause, remedy))
