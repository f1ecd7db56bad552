"""The register of law that a study follows (`[help] register`): until when something can be reported, for its page
beside help. Only who checks and freezes a study reads it; a collector has what was frozen.

A register needs packages of its own, which are wanted only where a study names one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kuule.core.extras import MissingExtraError, check_installed
from kuule.core.problems import KuuleError, Problem, Severity, StudyError
from kuule.core.recent import Recent
from kuule.core.regular_files import is_named_as_file
from kuule.limitation.limit_rule import RuleBook
from kuule.study.settings.study_toml import SETTINGS_FILE, Study

_PLACE = f"{SETTINGS_FILE}, help.register"
_MOST_STEPS = 5
"""So many folders up a register is looked for where the setting leads to none."""
_RULES: Recent[RuleBook] = Recent(4)
"""The rules of registers that this process has read, by the digest of their files: a freeze asks for them twice."""


def read_report_rules(study: Path, settings: Study) -> RuleBook | None:
    """The rules as they are on the day up to which the register looked for law, so that equal folders give equal
    editions; None for a study that names no register. Raises StudyError STUDY_009 or STUDY_010, MissingExtraError
    CLI_040."""
    if not settings.help.register:
        return None
    check_installed(["register"], _PLACE)
    from kuule.register.reading.register_folder import (  # optional: only a study with a register needs its packages
        SETTINGS_FILE as REGISTER_FILE,
    )
    from kuule.register.reading.register_folder import register_digest  # optional, as above

    folder = study / settings.help.register
    if not is_named_as_file(folder / REGISTER_FILE):
        cause = f"there is no register in {settings.help.register}: it has no {REGISTER_FILE}"
        raise StudyError(_problem("STUDY_009", cause, _register_remedy(study, settings.help.register, REGISTER_FILE)))

    def rules_of(digest: str) -> RuleBook:
        rules = _rules(folder)
        if register_digest(folder) != digest:
            raise _ChangedWhileReadError
        return rules

    try:
        digest = register_digest(folder)
        return _RULES.get_or_make(digest, lambda: rules_of(digest))
    except (OSError, StudyError, _ChangedWhileReadError):
        return _rules(folder)  # which says what of it cannot be read; it is kept under no digest


def _register_remedy(study: Path, said: str, file: str) -> str:
    """A study that was copied or moved is often nearer to its register, or farther from it, by a folder or two."""
    tail = Path(*(part for part in Path(said).parts if part != ".."))
    ways = (Path(*[".."] * steps, tail) for steps in range(_MOST_STEPS))
    near = next((way.as_posix() for way in ways if (study / way / file).is_file()), "")
    return f"write {near!r}, the way from the study's folder" if near else "write the way to it from the study's folder"


class _ChangedWhileReadError(Exception):
    """Somebody saved a file of the register after its digest was taken."""


def _rules(folder: Path) -> RuleBook:
    from kuule.register.deadlines.register_rules import CRIMINAL_LIMITS, rule_book  # optional, as above
    from kuule.register.reading.register_folder import read_register  # optional, as above

    try:
        register = read_register(folder).register
    except KuuleError as error:
        first, more = error.problems[0], len(error.problems) - 1
        cause = f"the register cannot be read: {first.place}: {first.cause}" + (f", and {more} more" if more else "")
        raise StudyError(_problem("STUDY_010", cause, "run kuule register check, and mend it there")) from error
    if CRIMINAL_LIMITS not in register.provisions:
        cause = f"the register does not ask until when a crime can be reported: it has no {CRIMINAL_LIMITS}"
        raise StudyError(_problem("STUDY_010", cause, "name another register, or take the setting away"))
    return rule_book(register, register.settings.as_of)


def followed_register_problems(study: Path, settings: Study) -> Iterator[Problem]:
    """The same as problems of the study."""
    try:
        read_report_rules(study, settings)
    except (StudyError, MissingExtraError) as error:
        yield from error.problems


def _problem(code: str, cause: str, remedy: str) -> Problem:
    return Problem(code, _PLACE, cause, remedy, Severity.ERROR, file=SETTINGS_FILE)
