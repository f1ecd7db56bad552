"""The small study that is taken through its whole life: its days, its languages, its key, its editions."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

from tests.outside.trees import Tree
from tests.study.small_study import HELP, SETTINGS, checked_help, make_study

STUDY = "small-study"
ORGANISATION = "An organisation"
DAYS = {
    1: "2027-03-01", 2: "2027-03-02", 3: "2027-03-03", 4: "2027-03-04", 5: "2027-03-05", 6: "2027-03-08",
    7: "2027-03-12", 8: "2027-03-24", 9: "2027-03-28", 10: "2027-03-29",
}  # fmt: skip
"""Ten days of a month, by number: each is the day after the one before, or the first on which something is due."""
FIELD = """
[field_period]
opens = 2027-03-01
closes = 2027-03-26
finish_days = 1
[field_period.soft_launch]
languages = ["sv"]
links = ["k7"]
cap = 10

[coming_back]
pause_days = 3
withdraw_until = 2027-03-26

[links.partners]
k7 = "A friendly shop"
m4 = "A library"

[counts]
help_opened = true
"""
PAUSE_DAYS = 3
LAST_TO_TAKE_BACK = date(2027, 3, 26)
WORDS = "Words-of-nobody-else"
"""With a number behind, what somebody writes."""
_KEY = "from kuule.usecases.key_custody.key_pair import make_key_pair as make; from pathlib import Path; import sys; "
_KEY += "make(Path(sys.argv[1]), 'town', rehearsal=False)"
"""A key as of a real study, without its ceremony: what is sealed to one for practice is promised less."""


def at(day: int, hour: int = 10) -> str:
    """A moment of one of the days."""
    return f"{DAYS[day]}T{hour:02}:00:00+00:00"


def as_date(day: str) -> date:
    return date.fromisoformat(day)


def write_study(folder: Path) -> Path:
    """The study folder, in English, Swedish and Arabic."""
    settings = SETTINGS.replace("retention_days = 365", "retention_days = 30") + FIELD + HELP
    return make_study(folder, settings=settings, support=checked_help(DAYS[1]))


def close_language(study: Path, tag: str) -> None:
    """Take a language out of the study, as it is done in mid-field: the next edition does not have it."""
    settings = study / "study.toml"
    lines = settings.read_text("utf-8").splitlines(keepends=True)
    settings.write_text("".join(line for line in lines if not line.startswith(f"{tag} = ")), "utf-8")
    (study / "languages" / f"{tag}.po").unlink()


def make_key(kuule: Tree, folder: Path) -> Path:
    """The pair of the study, in a folder of the analyst's machine. Returns the file of its secret key."""
    subprocess.run([sys.executable, "-c", _KEY, str(folder)], env=kuule.environment(), check=True)
    [secret] = folder.glob("*.secret-key")
    return secret
