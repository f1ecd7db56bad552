"""The file that is imported: read whole, not larger than 20 MB, and as text in an encoding that is certain."""

from __future__ import annotations

from pathlib import Path

from kuule.core.problems import Problem
from kuule.study_import.imported_form import FormImportError

MAX_IMPORTED_BYTES = 20 * 1024 * 1024


def read_imported_file(path: Path) -> bytes:
    """The content. Raises FormImportError IMPORT_001 (it cannot be read) or IMPORT_003 (it is too large)."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_IMPORTED_BYTES + 1)
    except OSError as error:
        cause = f"it cannot be read ({error.strerror})"
        raise FormImportError(
            Problem("IMPORT_001", str(path), cause, "give the file that the other program exported")
        ) from None
    if len(content) > MAX_IMPORTED_BYTES:
        cause = f"it is larger than {MAX_IMPORTED_BYTES:,} bytes"
        raise FormImportError(
            Problem("IMPORT_003", path.name, cause, "export the questionnaire alone, without answers")
        )
    if not content.strip():
        raise broken_file(path.name, "it is empty")
    return content


def decoded_text(content: bytes, file: str) -> str:
    """The text of a file in UTF-8, or in UTF-16 with its mark. Raises FormImportError IMPORT_004."""
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        cause = "it is not in UTF-8, so that letters would become others"
        raise FormImportError(
            Problem("IMPORT_004", f"{file}, line {line}", cause, "save it as UTF-8 and import it again")
        ) from None
    if "\x00" in text:
        raise broken_file(file, "it has characters that no text has")
    return text


def broken_file(place: str, cause: str) -> FormImportError:
    """IMPORT_005: half a file, or one that somebody changed by hand."""
    return FormImportError(Problem("IMPORT_005", place, cause, "export it again; nothing was taken in"))


def other_kind(file: str, cause: str, remedy: str) -> FormImportError:
    """IMPORT_006: a file of that ending with something else in it."""
    return FormImportError(Problem("IMPORT_006", file, cause, remedy))
