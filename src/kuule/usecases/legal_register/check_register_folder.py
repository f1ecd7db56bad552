"""Everything that is wrong with a register, all at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.core.problems import Problem
from kuule.register.check_rules.register_check import check_register
from kuule.register.reading.register_folder import read_register
from kuule.register.reading.yaml_documents import RegisterError


@dataclass(frozen=True, slots=True)
class RegisterCheck:
    """What was found, errors first; and how many values there are by confidence, none where it could not be read."""

    problems: tuple[Problem, ...]
    values: Mapping[str, int]


def check_register_folder(folder: Path, *, today: date) -> RegisterCheck:
    """Check the files of a register and, once all of them are well formed, the rules about the whole."""
    try:
        read = read_register(folder)
    except RegisterError as error:
        return RegisterCheck(error.problems, {})
    values = Counter(value.confidence.value for one in read.register.values.values() for value in one.values)
    return RegisterCheck(check_register(read, today), dict(sorted(values.items())))
