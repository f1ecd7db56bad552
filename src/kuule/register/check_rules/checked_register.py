"""What every rule is given: the register, where each part of it was written, and the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pydantic import BaseModel

from kuule.core.problems import Problem, Severity
from kuule.register.data_model.country_values import CountryValues, LegalValue
from kuule.register.data_model.whole_register import Register
from kuule.register.reading.register_folder import RegisterFolder, file_name_of


@dataclass(frozen=True, slots=True)
class CheckedRegister:
    """A register that was read, and the day on which it is checked."""

    folder: RegisterFolder
    today: date

    @property
    def register(self) -> Register:
        """The register itself."""
        return self.folder.register

    def values(self) -> Iterator[tuple[CountryValues, int, LegalValue]]:
        """Every value of every country, with its file and its place there."""
        for read in self.register.values.values():
            for number, value in enumerate(read.values):
                yield read, number, value

    def error_problem(
        self, code: str, part: BaseModel, path: Sequence[str | int], cause: str, remedy: str, *, on_key: bool = False
    ) -> Problem:
        """A problem at a path of a part's file."""
        return self.folder.documents[file_name_of(part)].problem(code, path, cause, remedy, on_key=on_key)

    def warning_problem(
        self, code: str, part: BaseModel, path: Sequence[str | int], cause: str, remedy: str, *, on_key: bool = False
    ) -> Problem:
        """The same, for a person to look at."""
        return replace(self.error_problem(code, part, path, cause, remedy, on_key=on_key), severity=Severity.WARNING)
