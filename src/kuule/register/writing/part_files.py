"""Writing a part of a register into its folder: whole or not at all, and never something that cannot be read again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel

from kuule.core.files import write_atomically
from kuule.register.data_model.country_values import CountryValues
from kuule.register.reading.comments import top_comments
from kuule.register.reading.model_reading import read_model
from kuule.register.reading.register_folder import file_name_of
from kuule.register.reading.yaml_documents import read_yaml
from kuule.register.writing.yaml_writing import yaml_text


def write_country_values(folder: Path, values: CountryValues) -> Path:
    """Write what a country's law says on a provision into a register's folder; the file that was written."""
    return write_part(folder, values)


def write_part(folder: Path, part: BaseModel) -> Path:
    """Write a part of a register under the name that it has there. Comments at the top of the file stay, others are
    lost. Raises RegisterError REGISTER_001 for more than a file may hold, and OSError."""
    path = folder / file_name_of(part)
    before = path.read_text(encoding="utf-8-sig", errors="replace") if path.is_file() else ""
    content = part_bytes(part, top_comments(before.splitlines()))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, content)
    return path


def part_bytes(part: BaseModel, comments: Sequence[str] = ()) -> bytes:
    """The content of a part's file, below these lines of comments."""
    content = "".join([*(f"{line}\n" for line in comments), yaml_text(part)]).encode()
    again = read_model(read_yaml(content, file_name_of(part)), type(part))
    if again != part:
        raise AssertionError(f"{file_name_of(part)} would not be read as it was written")
    return content
