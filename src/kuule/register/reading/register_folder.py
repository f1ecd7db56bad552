"""A register's folder, read whole: every file that belongs to it, and everything that is wrong with any of them.

```
register.yaml                          what it is
provisions/<provision>.yaml            what is asked of the law
standards/<standard>.yaml              what the answers are held against
countries/<CC>/<provision>.yaml        what a country's law says
codings/<round>/<coder>.yaml           blind codings
actions/<action>.yaml                  campaigns, sittings, deadlines
languages/<tag>.po                     its texts in other languages
```
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from kuule.core.problems import Problem, StudyError
from kuule.core.regular_files import is_named_as_file, read_regular_file
from kuule.register.data_model.codings import CodingFile
from kuule.register.data_model.country_values import CountryValues
from kuule.register.data_model.planned_actions import PlannedAction
from kuule.register.data_model.provisions import Provision
from kuule.register.data_model.standards import Standard
from kuule.register.data_model.whole_register import Register, RegisterSettings
from kuule.register.reading.model_reading import read_model
from kuule.register.reading.yaml_documents import RegisterError, YamlDocument, read_yaml

SETTINGS_FILE = "register.yaml"
_KINDS: Mapping[str, tuple[type[BaseModel], int]] = {
    "provisions": (Provision, 1),
    "standards": (Standard, 1),
    "countries": (CountryValues, 2),
    "codings": (CodingFile, 2),
    "actions": (PlannedAction, 1),
}
"""By folder: the model of its files, and how many names deep they stand in it."""
_NAMED_BY: Mapping[type[BaseModel], tuple[str, ...]] = {
    CountryValues: ("country", "provision"),
    CodingFile: ("round", "coder"),
}
"""What the names of files say again; all others are named by their id."""
_OTHER = ("languages", "sources", "README.md", "LICENSE", ".gitignore")
"""What else may lie in a register's folder."""
_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class RegisterFolder:
    """A register, where it lies, and the documents that it was read from, for problems that need a line."""

    path: Path
    register: Register
    documents: Mapping[str, YamlDocument]
    """By name within the folder, with `/`."""


@dataclass(slots=True)
class _Reading:
    folder: Path
    documents: dict[str, YamlDocument] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read(self, name: str, model: type[_Model]) -> _Model | None:
        """One file, or None with its problems kept."""
        try:
            document = read_yaml(read_regular_file(self.folder / name), name)
            self.documents[name] = document
            return read_model(document, model)
        except RegisterError as error:
            self.problems += error.problems
        except StudyError as error:
            self.problems += [Problem("REGISTER_001", name, one.cause, one.remedy, file=name) for one in error.problems]
        except OSError as error:
            self.problems.append(
                Problem("REGISTER_001", name, f"it cannot be read: {error.strerror}", "see to its rights", file=name)
            )
        return None


def read_register(folder: Path) -> RegisterFolder:
    """Read a register. Raises RegisterError with the problems of all files at once: REGISTER_001 to REGISTER_004 as
    read_yaml and read_model say, REGISTER_005 (no register there, a file that belongs nowhere, or whose name is not
    what it says of itself)."""
    if not is_named_as_file(folder / SETTINGS_FILE):
        remedy = f"give the folder in which {SETTINGS_FILE} lies"
        raise RegisterError(Problem("REGISTER_005", str(folder), f"there is no {SETTINGS_FILE}", remedy))
    reading = _Reading(folder)
    settings = reading.read(SETTINGS_FILE, RegisterSettings)
    parts: dict[str, dict[str, BaseModel]] = {kind: {} for kind in _KINDS}
    for name in _file_names(folder):
        kind = name.split("/", 1)[0]
        if (folder / name).is_dir():
            reading.problems.append(_linked(name))
        elif kind not in _KINDS or name.count("/") != _KINDS[kind][1] or not name.endswith(".yaml"):
            reading.problems.append(_misplaced(name))
        elif (read := reading.read(name, _KINDS[kind][0])) is not None:
            reading.problems += _misnamed(name, read, reading.documents[name])
            parts[kind][name] = read
    if reading.problems or settings is None:
        raise RegisterError(*sorted(reading.problems, key=lambda one: one.file))
    return RegisterFolder(folder, _register(settings, parts), reading.documents)


def read_register_settings(folder: Path) -> RegisterSettings:
    """What a register says of itself, without its parts. Raises RegisterError REGISTER_001 to REGISTER_004."""
    reading = _Reading(folder)
    settings = reading.read(SETTINGS_FILE, RegisterSettings)
    if settings is None:
        raise RegisterError(*reading.problems)
    return settings


def register_digest(folder: Path) -> str:
    """The SHA-256 of the files of a register and of their names: where it is the same, so is all that is read. Raises
    OSError, and StudyError STUDY_013 for what is no ordinary file."""
    known = sha256()
    for name in (SETTINGS_FILE, *_file_names(folder)):
        known.update(json.dumps([name, sha256(read_regular_file(folder / name)).hexdigest()]).encode())
    return known.hexdigest()


def file_name_of(part: BaseModel) -> str:
    """The name that the file of a part has in a register's folder, with `/`."""
    if isinstance(part, RegisterSettings):
        return SETTINGS_FILE
    kind = next(kind for kind, (model, _) in _KINDS.items() if isinstance(part, model))
    return _file_name(kind, *(str(getattr(part, key)) for key in _named_by(type(part))))


def country_values_name(country: str, provision: str) -> str:
    """The same of what was read of a country on a provision, whether anybody has read it or not."""
    return _file_name("countries", country, provision)


def _file_name(*parts: str) -> str:
    return f"{'/'.join(parts)}.yaml"


def _named_by(model: type[BaseModel]) -> tuple[str, ...]:
    return _NAMED_BY.get(model, ("id",))


def _register(settings: RegisterSettings, parts: Mapping[str, Mapping[str, BaseModel]]) -> Register:
    def of(kind: str, model: type[_Model]) -> list[_Model]:
        return [one for one in parts[kind].values() if isinstance(one, model)]

    return Register(
        settings,
        {one.id: one for one in of("provisions", Provision)},
        {one.id: one for one in of("standards", Standard)},
        {(one.country, one.provision): one for one in of("countries", CountryValues)},
        tuple(of("codings", CodingFile)),
        {one.id: one for one in of("actions", PlannedAction)},
    )


def _file_names(folder: Path) -> Iterator[str]:
    """Every name but those of folders: also a pipe, a link to nothing and a link to a folder. If they were passed over,
    what a country's law says would be open as if nobody had read it."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        steps = name.split("/")
        # What begins with a dot is no part of it: a file that somebody is writing this moment, a lock, .git.
        is_hidden = any(step.startswith(".") for step in steps)
        is_other = name == SETTINGS_FILE or steps[0] in _OTHER
        if (is_named_as_file(path) or path.is_symlink()) and not (is_hidden or is_other):
            yield name


def _linked(name: str) -> Problem:
    cause, remedy = "it is a link to a folder, which a register does not follow", "put the folder itself in its place"
    return Problem("REGISTER_005", name, cause, remedy, file=name)


def _misplaced(name: str) -> Problem:
    remedy = f"move it where it belongs ({', '.join(_KINDS)}) or take it away"
    if name.endswith(".yml"):
        remedy = f"call it {name.removesuffix('.yml')}.yaml"
    return Problem("REGISTER_005", name, "a register has no such file", remedy, file=name)


def _misnamed(name: str, read: BaseModel, document: YamlDocument) -> Iterator[Problem]:
    """What a file says of itself that its name does not."""
    steps = name.removesuffix(".yaml").split("/")[1:]
    for key, step in zip(_named_by(type(read)), steps, strict=True):
        if str(getattr(read, key)) != step:
            cause = f"{key} is {getattr(read, key)!s}, and the file's name says {step}"
            yield document.problem("REGISTER_005", (key,), cause, "let both say the same")
