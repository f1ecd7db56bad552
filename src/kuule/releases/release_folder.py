"""A release as a folder: release.toml, tables.json, texts.json, approvals.json and, where it has quotes, quotes.json,
written whole and read without trust.

Nothing else of the folder is read. A file that is a link, a pipe or too large is refused.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kuule.core.files import write_atomically
from kuule.core.folders import atomic_folder
from kuule.core.problems import Problem, PublishingError
from kuule.releases.approvals import APPROVALS_FILE, approvals_from_json, approvals_to_json
from kuule.releases.description_toml import DESCRIPTION_FILE, description_table, description_toml, read_description
from kuule.releases.publication_release import PublicationRelease
from kuule.releases.quote_json import QUOTES_FILE, check_quotes_fit, quotes_from_json, quotes_to_json
from kuule.releases.release_word_checks import check_wordings
from kuule.releases.strict_json import ReleaseFileError, compact_json
from kuule.releases.table_checks import ReleaseNumberError
from kuule.releases.table_json import tables_from_json, tables_to_json
from kuule.releases.text_json import TEXTS_FILE, ReleaseTexts, texts_from_json, texts_to_json
from kuule.tables.released import ReleasedOrigin, ReleasedTable
from kuule.tables.released_quotes import ReleasedQuote, ReleasedQuotes

TABLES_FILE = "tables.json"
RELEASE_FILES = (DESCRIPTION_FILE, TABLES_FILE, TEXTS_FILE, APPROVALS_FILE)
EVERY_FILE = (*RELEASE_FILES, QUOTES_FILE)
"""What a release can have: quotes.json is there only if it quotes somebody."""
_MOST_BYTES = 64 * 1024 * 1024
_AGAIN = "bring it back from a copy, or make the release again with kuule release new"


@dataclass(frozen=True, slots=True)
class ReleaseFolder:
    """A release where it lies. `content` is its content hash, which approvals name."""

    path: Path
    release: PublicationRelease
    content: str


def write_release(release: PublicationRelease, to: Path) -> ReleaseFolder:
    """Write a release into a new folder, whole or not at all. Raises PublishingError RELEASE_007 if something is there
    already."""
    files = {
        DESCRIPTION_FILE: description_toml(release.description),
        TABLES_FILE: tables_to_json(release.origin, release.tables),
        TEXTS_FILE: texts_to_json(release_texts(release)),
        APPROVALS_FILE: approvals_to_json(release.approvals),
    }
    if release.quotes:
        files[QUOTES_FILE] = quotes_to_json(release_quotes(release))
    check_is_new_folder(to)
    with atomic_folder(to, synced=True) as folder:
        for name, content in files.items():
            write_atomically(folder / name, content)
    return ReleaseFolder(to, release, release_content_hash(release))


def check_is_new_folder(to: Path) -> None:
    """Raise PublishingError RELEASE_007 if something is there already: a release is never replaced."""
    if to.exists() or to.is_symlink():
        cause, remedy = "something is there already", "give a folder that is not there yet: a release is never replaced"
        raise PublishingError(Problem("RELEASE_007", str(to), cause, remedy))


def write_approvals(folder: ReleaseFolder) -> None:
    """Replace approvals.json by the approvals of the release."""
    write_atomically(folder.path / APPROVALS_FILE, approvals_to_json(folder.release.approvals))


def read_release(path: Path) -> ReleaseFolder:
    """Read a release. Raises PublishingError RELEASE_001 (there is none), RELEASE_002 (a file is missing or cannot be
    read), RELEASE_003 (release.toml), RELEASE_004 (another file is not what Kuule writes) and RELEASE_005 (a number
    that disclosure control would not have released)."""
    if not path.is_dir() or not any((path / name).exists() for name in RELEASE_FILES):
        remedy = "give the folder that kuule release new wrote"
        raise PublishingError(Problem("RELEASE_001", str(path), "there is no release in it", remedy))
    contents = _read_files(path)
    description = read_description(contents[DESCRIPTION_FILE])
    name = TABLES_FILE
    try:
        origin, tables = tables_from_json(contents[name])
        name = QUOTES_FILE
        quotes = _read_quotes(contents.get(name), origin, tables)
        name = TEXTS_FILE
        texts = texts_from_json(contents[name])
        check_wordings(texts, tables)
        name = APPROVALS_FILE
        approvals = approvals_from_json(contents[name])
    except ReleaseFileError as error:
        raise PublishingError(_damaged(name, error)) from None
    release = PublicationRelease(
        description=description,
        study=origin.study,
        origin=origin,
        tables=tables,
        text=texts.text,
        languages=texts.languages,
        wordings=texts.wordings,
        identity=texts.identity,
        opening_state=texts.opening_state,
        ledger_entry=tables_hash(tables_to_json(origin, tables)),
        country=texts.country,
        by_country=texts.by_country,
        by_language=texts.by_language,
        briefs=texts.briefs,
        approvals=approvals,
        quotes=quotes,
    )
    return ReleaseFolder(path, release, release_content_hash(release))


def release_content_hash(release: PublicationRelease) -> str:
    """The SHA-256 that approvals name: over the tables, the texts, the quotes and what release.toml means. It does not
    depend on spaces, on remarks or on who has approved."""
    parts = [tables_to_json(release.origin, release.tables), texts_to_json(release_texts(release))]
    if release.quotes:
        parts.append(quotes_to_json(release_quotes(release)))
    hashes = [sha256(part).hexdigest() for part in parts]
    return sha256(compact_json([*hashes, description_table(release.description)])).hexdigest()


def tables_hash(content: bytes) -> str:
    """The SHA-256 of tables.json, by which the ledger knows it."""
    return sha256(content).hexdigest()


def release_texts(release: PublicationRelease) -> ReleaseTexts:
    """What texts.json has of a release."""
    return ReleaseTexts(
        release.text,
        release.languages,
        release.wordings,
        release.identity,
        release.opening_state,
        release.country,
        release.by_country,
        release.by_language,
        release.briefs,
    )


def release_quotes(release: PublicationRelease) -> ReleasedQuotes:
    """What quotes.json has of a release: its quotes, and not why others are absent."""
    quotes, tables = release.released_quotes, tables_hash(tables_to_json(release.origin, release.tables))
    return ReleasedQuotes(quotes.study, quotes.dataset, tables, quotes.quotes)


def _read_quotes(
    content: bytes | None, origin: ReleasedOrigin, tables: tuple[ReleasedTable, ...]
) -> tuple[ReleasedQuote, ...]:
    if content is None:
        return ()
    quotes = quotes_from_json(content)
    check_quotes_fit(quotes, (origin.study, origin.dataset, tables_hash(tables_to_json(origin, tables))), tables)
    return quotes.quotes


def read_quotes_file(path: Path) -> ReleasedQuotes:
    """The quotes that `kuule answers quotes export` wrote. Raises PublishingError QUOTE_014 if the file is anything
    else."""
    try:
        return quotes_from_json(_read_plain_file(path))
    except ReleaseFileError as error:
        place, cause, remedy = error.place, error.cause, error.remedy
    except ValueError as error:
        place, cause, remedy = "", str(error), ""
    except OSError as error:
        place, cause, remedy = "", f"it cannot be read ({error.strerror or 'it is no plain file'})", ""
    where = f"{path}, {place}" if place else str(path)
    again = "export the quotes again (`kuule answers quotes export`)"
    raise PublishingError(Problem("QUOTE_014", where, cause, remedy or again))


def _read_files(path: Path) -> dict[str, bytes]:
    """The files of a release. Raises PublishingError RELEASE_002 with each that cannot be read."""
    contents, problems = {}, []
    for name in RELEASE_FILES:
        try:
            contents[name] = _read_plain_file(path / name)
        except FileNotFoundError:
            problems.append(Problem("RELEASE_002", name, "it is missing: the folder is not whole", _AGAIN))
        except OSError as error:
            cause = f"it cannot be read ({error.strerror or 'it is no plain file'})"
            problems.append(Problem("RELEASE_002", name, cause, "put a plain file there, not a link, that can be read"))
        except ValueError as error:
            problems.append(Problem("RELEASE_002", name, str(error), _AGAIN))
    try:
        contents[QUOTES_FILE] = _read_plain_file(path / QUOTES_FILE)
    except FileNotFoundError:
        pass
    except (OSError, ValueError):
        cause = "it cannot be read, or is no plain file"
        problems.append(Problem("RELEASE_002", QUOTES_FILE, cause, "put a plain file there, not a link"))
    if problems:
        raise PublishingError(*problems)
    return contents


def _read_plain_file(file: Path) -> bytes:
    """The content of a file that is neither a link nor a pipe. Raises OSError, and ValueError if it is too large."""
    if file.is_symlink():
        raise OSError
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as opened:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError
        content = opened.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise ValueError(f"it has more than {_MOST_BYTES:,} bytes")
    return content


def _damaged(name: str, error: ReleaseFileError) -> Problem:
    place = f"{name}, {error.place}" if error.place else name
    if isinstance(error, ReleaseNumberError):
        remedy = "somebody changed it by hand: make the release again, and ask who passed this one on"
        return Problem("RELEASE_005", place, error.cause, remedy)
    return Problem("RELEASE_004", place, error.cause, error.remedy or _AGAIN)
