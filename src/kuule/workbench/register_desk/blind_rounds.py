"""Rounds of blind coding. While a round is open, what is coded lies in the workbench's own folder, each coder's apart,
and not in the register, whose folder others can read. When it is closed, the codings become files of the register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, Field, ValidationError

from kuule.core.files import write_atomically
from kuule.core.locks import exclusive_lock
from kuule.core.problems import Problem, WorkbenchError
from kuule.register.data_model.codings import BlindCoding, CodingFile
from kuule.register.data_model.strict_model import Country, Day, Identifier, Line, StrictModel
from kuule.register.data_model.whole_register import Register
from kuule.register.writing.part_files import write_part
from kuule.workbench.member_words.saying import say_plain
from kuule.workbench.register_desk.current_register import version_of
from kuule.workbench.register_desk.register_member import RegisterMember
from kuule.workbench.roles import Permission, Role

ROUNDS_FOLDER = "register-rounds"
_ROUND_FILE = "round.json"
_LOCK = ".held"
_Model = TypeVar("_Model", bound=BaseModel)


class BlindRound(StrictModel):
    """What is coded blind: each of the provisions in each of the countries, by every coder of the country."""

    id: Identifier
    provisions: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    countries: Annotated[tuple[Country, ...], Field(min_length=1)]
    opened_on: Day
    opened_by: Line
    closed_on: Day | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    def has_unit(self, country: str, provision: str) -> bool:
        """Whether this country and provision are coded in it."""
        return country in self.countries and provision in self.provisions

    def overlaps(self, other: BlindRound) -> bool:
        """Whether the two have a unit in common."""
        return bool({*self.countries} & {*other.countries} and {*self.provisions} & {*other.provisions})


class RoundRefused(Exception):
    """The round is closed, was changed meanwhile, or cannot be opened. The message is a sentence."""


def list_rounds(data: Path) -> tuple[BlindRound, ...]:
    """All rounds, the latest first. Raises WorkbenchError REGISTER_051."""
    files = (data / ROUNDS_FOLDER).glob(f"*/{_ROUND_FILE}")
    rounds = [_read(file, BlindRound) for file in files]
    return tuple(sorted(rounds, key=lambda one: (one.opened_on, one.id), reverse=True))


def find_round(data: Path, round_id: str) -> BlindRound | None:
    """Raises WorkbenchError REGISTER_051."""
    return next((one for one in list_rounds(data) if one.id == round_id), None)


def round_that_hides(rounds: Sequence[BlindRound], who: RegisterMember, country: str, provision: str) -> str:
    """The id of the open round because of which a coder must not see this cell; "" if there is none. Who decides and
    does not code sees everything."""
    if who.member.role is not Role.CODER or not who.may(Permission.CODE_BLIND, country):
        return ""
    return next((one.id for one in rounds if one.is_open and one.has_unit(country, provision)), "")


def open_round(data: Path, register: Register, wanted: BlindRound) -> None:
    """Raises RoundRefused where a round of that name was there before, or one that is open has some of its units."""
    with _locked(data):
        taken = {one.id for one in list_rounds(data)} | {one.round for one in register.codings}
        if wanted.id in taken:
            raise RoundRefused(say_plain("rounds_taken"))
        if other := next((one.id for one in list_rounds(data) if one.is_open and one.overlaps(wanted)), None):
            raise RoundRefused(say_plain("rounds_overlap", round=other))
        (data / ROUNDS_FOLDER / wanted.id).mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(data / ROUNDS_FOLDER / wanted.id / _ROUND_FILE, wanted)


def own_codings(data: Path, round_id: str, word: str) -> tuple[BlindCoding, ...]:
    """What one coder has coded in an open round."""
    file = _coder_file(data, round_id, word)
    return _read(file, CodingFile).codings if file.is_file() else ()


def own_version(data: Path, round_id: str, word: str) -> str:
    """The version of a coder's own file."""
    return version_of(_coder_file(data, round_id, word))


def save_coding(data: Path, round_id: str, word: str, coding: BlindCoding, *, version: str) -> None:
    """Keep a coding in the place of an earlier one of the same unit. Raises RoundRefused."""
    with _locked(data):
        before = own_codings(data, round_id, word)
        if coding in before:
            return
        _check_open(data, round_id)
        if own_version(data, round_id, word) != version:
            raise RoundRefused(say_plain("coding_newer"))
        kept = tuple(one for one in before if one.unit != coding.unit)
        file = CodingFile(round=round_id, coder=word, codings=(*kept, coding))
        _write(_coder_file(data, round_id, word), file)


def remove_coding(data: Path, round_id: str, word: str, unit: tuple[str, str, str]) -> None:
    """Take a coding back. Raises RoundRefused."""
    with _locked(data):
        _check_open(data, round_id)
        kept = tuple(one for one in own_codings(data, round_id, word) if one.unit != unit)
        file = _coder_file(data, round_id, word)
        if kept:
            _write(file, CodingFile(round=round_id, coder=word, codings=kept))
        else:
            file.unlink(missing_ok=True)


def coding_files(data: Path, round_id: str) -> tuple[CodingFile, ...]:
    """What all coders have coded in a round, by coder. For closing it and for counting, never for a page of a coder."""
    files = sorted((data / ROUNDS_FOLDER / round_id).glob("coder-*.json"))
    return tuple(_read(file, CodingFile) for file in files)


def close_round(data: Path, round_id: str, *, today: date, folder: Path) -> BlindRound:
    """Write what was coded into the register, and let everybody see it. If it is broken off in between, closing the
    round again writes the same. Raises RoundRefused."""
    with _locked(data):
        found = _check_open(data, round_id)
        for file in coding_files(data, round_id):
            write_part(folder, file)
        closed = found.model_copy(update={"closed_on": today})
        _write(data / ROUNDS_FOLDER / round_id / _ROUND_FILE, closed)
    return closed


def _check_open(data: Path, round_id: str) -> BlindRound:
    found = find_round(data, round_id)
    if found is None or not found.is_open:
        raise RoundRefused(say_plain("round_over"))
    return found


def _coder_file(data: Path, round_id: str, word: str) -> Path:
    return data / ROUNDS_FOLDER / round_id / f"{word}.json"


@contextmanager
def _locked(data: Path) -> Iterator[None]:
    (data / ROUNDS_FOLDER).mkdir(mode=0o700, exist_ok=True)
    with exclusive_lock(data / ROUNDS_FOLDER / _LOCK, lambda: None):
        yield


def _write(file: Path, content: BaseModel) -> None:
    write_atomically(file, content.model_dump_json(indent=1).encode(), mode=0o600)


def _read(file: Path, model: type[_Model]) -> _Model:
    try:
        return model.model_validate_json(file.read_bytes())
    except ValidationError as error:
        cause = f"a file of blind coding cannot be read ({error.error_count()} things do not fit)"
        remedy = "put it back from the backup of the workbench's data"
        place = f"{ROUNDS_FOLDER}/{file.parent.name}/{file.name}"
        raise WorkbenchError(Problem("REGISTER_051", place, cause, remedy)) from None
