"""Questionnaires to measure with, written as a study's author would write them."""

from __future__ import annotations

_HEADER = "| | type | name | label | relevant | required | appearance |"
_CHOICES = "| choices |\n| | list_name | name | label |\n"


def long_form(questions: int = 300, relevances: int = 100, on_a_page: int = 5) -> str:
    """A form of this many questions on pages of five. Every third one is asked only after a certain answer to the one
    before."""
    rows = ["| survey |", _HEADER]
    for number in range(questions):
        if number % on_a_page == 0:
            rows.append(f"| | begin_group | page_{number} | Part {number} | | | field-list |")
        follows = number % (questions // relevances) == 1
        relevant = f"${{q{number - 1}}} = 'c1'" if follows else ""
        rows.append(f"| | select_one six | q{number} | What about number {number}? | {relevant} | | |")
        if number % on_a_page == on_a_page - 1:
            rows.append("| | end_group | | | | | |")
    return "\n".join(rows) + "\n" + _six()


def page_study_form(questions: int = 16) -> str:
    """Consent, age, then one page of this many questions with six choices each."""
    asked = [f"| | select_one six | q{number} | How often is it {number}? | | | |" for number in range(questions)]
    rows = [
        "| survey |",
        _HEADER,
        "| | begin_group | start | Before you begin | | | |",
        "| | select_one yn | consent | Do you want to take part? | | yes | |",
        "| | select_one yn | adult | Are you 18 or older? | | yes | |",
        "| | end_group | | | | | |",
        "| | begin_group | about | About your days | | | |",
        "| | begin_group | page | | | | field-list |",
        *asked,
        "| | end_group | | | | | |",
        "| | end_group | | | | | |",
    ]
    yes_no = "| | yn | yes | Yes |\n| | yn | no | No |\n"
    return "\n".join(rows) + "\n" + _six() + yes_no


def _six() -> str:
    names = ("Never", "Once", "A few times", "Often", "Every day", "I prefer not to say")
    values = ("c1", "c2", "c3", "c4", "c5", "prefer_not_to_say")
    return _CHOICES + "".join(f"| | six | {value} | {name} |\n" for value, name in zip(values, names, strict=True))


SETTINGS = """\
id = "bench"
title = "A survey to measure with"
organisation = "An organisation"
audience = "survivors"
minimum_age = 18
source_language = "en"
discreet_title = "A survey"
retention_days = 365

[languages]
en = { leave_to = "https://en.wikipedia.org/wiki/Main_Page" }

[opening]
state = "reviewed"

[gates.consent]
question = "consent"
answer = "yes"

[gates.age]
question = "adult"
answer = "yes"
"""
