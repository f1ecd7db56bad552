"""A joint statement: a text in several languages, and the hash of each, which is what an organisation signs.

```
statements/<id>/statement.toml    which languages, who is asked, from which day it may be published
statements/<id>/<tag>.txt         its text: the title, an empty line, paragraphs
statements/<id>/signatures.json   who signed which texts; only Kuule writes it
```

The text is plain: no markup, so that nothing looks different from what was signed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.core.problems import Problem
from kuule.languages.cldr.tags import is_language_tag
from kuule.network.network_problems import NetworkError
from kuule.static_site.readable_text import remove_reordering
from kuule.study.settings.table_reader import TableReader
from kuule.study.settings.toml_reading import UnreadableToml, read_toml

STATEMENTS_FOLDER = "statements"
STATEMENT_FILE = "statement.toml"
STATEMENT_ID = r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?"
LONGEST_STATEMENT = 20_000
"""Letters of one language: about six pages. What partners sign has to be read."""
_SIGNED = "kuule joint statement 1"
"""What is hashed first, so that a hash of a statement is one of nothing else."""


@dataclass(frozen=True, slots=True)
class StatementText:
    """The text in one language. `sha256` is over the statement's id, the language and every letter."""

    tag: str
    title: str
    paragraphs: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A joint statement. The first of its texts is the one that the others are translated from. `asked` are the codes
    of the partners that are asked to sign, none for all; before `publish_on` no page shows it."""

    id: str
    texts: Mapping[str, StatementText]
    asked: tuple[str, ...] = ()
    publish_on: date | None = None

    @property
    def source(self) -> StatementText:
        """The text that the others are translated from."""
        return next(iter(self.texts.values()))

    @property
    def hashes(self) -> Mapping[str, str]:
        """What somebody signs who signs all of it: the hash of each text, by language."""
        return {tag: text.sha256 for tag, text in self.texts.items()}

    @property
    def mark(self) -> str:
        """A hash over all texts. A page that shows them carries it, so that nobody signs what was not shown."""
        return hashlib.sha256("\n".join(f"{tag} {one}" for tag, one in self.hashes.items()).encode()).hexdigest()

    def is_asked(self, partner: str) -> bool:
        """Whether a partner is asked to sign."""
        return not self.asked or partner in self.asked


def list_statement_ids(study: Path) -> tuple[str, ...]:
    """The folders of statements that a study has, by name."""
    folder = study / STATEMENTS_FOLDER
    if not folder.is_dir():
        return ()
    return tuple(sorted(one.name for one in folder.iterdir() if one.is_dir() and not one.name.startswith(".")))


def read_statement(study: Path, statement_id: str) -> Statement:
    """A statement as its files are now.

    Raises NetworkError NETWORK_001 (no such statement, or its name does not fit), NETWORK_002 (a file that cannot be
    read), NETWORK_003 (a text that is empty, too long or hides something), and STUDY_102 to STUDY_105 for
    statement.toml as for study.toml.
    """
    folder = study / STATEMENTS_FOLDER / statement_id
    if not re.fullmatch(STATEMENT_ID, statement_id) or not (folder / STATEMENT_FILE).is_file():
        place, cause = f"{STATEMENTS_FOLDER}/{statement_id}", f"there is no statement in it: it has no {STATEMENT_FILE}"
        remedy = f"make {STATEMENTS_FOLDER}/<name>/{STATEMENT_FILE}, the name with a-z, 0-9 and hyphens"
        raise NetworkError(Problem("NETWORK_001", place, cause, remedy))
    reader = TableReader(f"{STATEMENTS_FOLDER}/{statement_id}/{STATEMENT_FILE}", "", _table(folder, statement_id))
    languages = _languages(reader)
    asked, publish_on = reader.texts("asked"), reader.day("publish_on")
    reader.reject_unknown_keys()
    texts = {tag: _read_text(folder, statement_id, tag, reader.problems) for tag in languages}
    if reader.problems:
        raise NetworkError(*reader.problems)
    whole = {tag: text for tag, text in texts.items() if text is not None}
    return Statement(statement_id, whole, asked, publish_on)


def _table(folder: Path, statement_id: str) -> Mapping[str, object]:
    place = f"{STATEMENTS_FOLDER}/{statement_id}/{STATEMENT_FILE}"
    try:
        return read_toml(_content(folder / STATEMENT_FILE, place))
    except UnreadableToml as error:
        raise NetworkError(Problem("NETWORK_002", place, error.cause, error.remedy, excerpt=error.excerpt)) from None


def _content(file: Path, place: str) -> str:
    """The text of a plain file. A link is refused: it could lead to another text tomorrow."""
    try:
        if file.is_symlink():
            raise NetworkError(Problem("NETWORK_002", place, "it is a link", "put the file itself there"))
        if file.stat().st_size > 4 * LONGEST_STATEMENT:
            cause = f"it has {file.stat().st_size:,} bytes, and {4 * LONGEST_STATEMENT:,} are the most"
            raise NetworkError(Problem("NETWORK_003", place, cause, "say it shorter"))
        return file.read_bytes().decode().replace("\r\n", "\n")
    except FileNotFoundError:
        cause, remedy = "there is no such file", f"write it, or take the language out of {STATEMENT_FILE}"
    except OSError as error:
        cause, remedy = f"it cannot be read ({error.strerror})", "see that it is a file, and that you may read it"
    except UnicodeDecodeError:
        cause, remedy = "it is not UTF-8", "save it as UTF-8"
    raise NetworkError(Problem("NETWORK_002", place, cause, remedy))


def _languages(reader: TableReader) -> tuple[str, ...]:
    languages = reader.texts("languages")
    if not languages:
        remedy = 'name its languages, the one that the others are translated from first: languages = ["en", "sv"]'
        reader.add_problem("STUDY_102", "languages", "the statement has no language", remedy)
    for tag in languages:
        if not is_language_tag(tag):
            reader.reject_value("languages", tag, 'write tags as BCP 47 does, like "sv" or "pt-BR"')
    return tuple(tag for tag in languages if is_language_tag(tag))


def _read_text(folder: Path, statement_id: str, tag: str, problems: list[Problem]) -> StatementText | None:
    place = f"{STATEMENTS_FOLDER}/{statement_id}/{tag}.txt"
    try:
        content = _content(folder / f"{tag}.txt", place).strip()
    except NetworkError as error:
        problems += error.problems
        return None
    found = list(_text_problems(content, place))
    problems += found
    if found:
        return None
    title, *paragraphs = (" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", content))
    return StatementText(tag, title, tuple(filter(None, paragraphs)), _hash(statement_id, tag, content))


def _text_problems(content: str, place: str) -> Iterator[Problem]:
    if not content:
        yield Problem("NETWORK_003", place, "there is no text in it", "write the title, an empty line, paragraphs")
    elif len(content) > LONGEST_STATEMENT:
        over = len(content) - LONGEST_STATEMENT
        yield Problem("NETWORK_003", place, f"it is {over:,} letters too long", f"keep it under {LONGEST_STATEMENT:,}")
    elif remove_reordering(content) != content:
        cause = "it has characters that cannot be seen and change how the text is read"
        yield Problem("NETWORK_003", place, cause, "write it anew as plain text, without marks of direction")
    elif len(re.split(r"\n[ \t]*\n", content)) == 1:
        yield Problem("NETWORK_003", place, "it has a title and no text", "write paragraphs below an empty line")


def _hash(statement_id: str, tag: str, content: str) -> str:
    return hashlib.sha256("\0".join((_SIGNED, statement_id, tag, content)).encode()).hexdigest()
