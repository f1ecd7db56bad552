"""A small study all of whose days are planned, with partners, a launch and services that people checked."""

from __future__ import annotations

from pathlib import Path

from tests.network.small_network import make_network, write_statement

FIELD = "\n[field_period]\nopens = 2027-03-01\ncloses = 2028-02-29\nfinish_days = 3\n"
COMING_BACK = "\n[coming_back]\npause_days = 14\nwithdraw_until = 2028-06-30\n"
LAUNCH = """title = "The survey opens in Sweden"
on = 2027-03-01

[[tasks]]
kind = "help-lines"
what = "Tell the help lines that more people may call"
who = "childx"
by = 2027-02-20

[[tasks]]
kind = "languages"
what = "Have the Swedish page read"
by = 2027-02-10
done_on = 2027-02-08
"""
SUPPORT = """country,name,kind,phone,checked_by,checked_on,hide
SE,Line One,survivor,116016,coordinator,2027-01-31,
SE,Line Two,crisis,90101,coordinator,2027-02-15,
SE,Line Three,victim,116006,coordinator,2027-08-01,
SE,Gone,child,116111,coordinator,2026-01-01,yes
FI,Linja,crisis,0925250111,,,
ZZ,Everywhere,survivor,+4612345,coordinator,2027-01-10,
"""


def make_plan(folder: Path, settings: str = FIELD + COMING_BACK) -> Path:
    """The study's folder."""
    study = make_network(folder)
    with (study / "study.toml").open("a", encoding="utf-8") as file:
        file.write(settings)
    (study / "support.csv").write_text(SUPPORT, "utf-8")
    (study / "launches").mkdir()
    (study / "launches" / "opening.toml").write_text(LAUNCH, "utf-8")
    write_statement(study, "time-limits", 'languages = ["en", "sv"]\npublish_on = 2027-05-01\n')
    return study
