"""A small study: a page with every kind of answer and follow-ups, and questions whose choices are buttons."""

from __future__ import annotations

import re
from pathlib import Path

from tests.collector import every_control
from tests.collector.browser import Browser
from tests.study.small_study import REPORT, make_edition

FORM = """\
| survey | | | | | | |
|---|---|---|---|---|---|---|
| | type | name | label | required | relevant | appearance |
| | begin_group | start | Before you begin | | | |
| | begin_group | page_consent | | | | field-list |
| | select_one consent | consent | Do you want to take part? | yes | | quick |
| | end_group | | | | | |
| | end_group | | | | | |
| | begin_group | first | First | | | |
| | begin_group | page_way | | | | field-list |
| | note | says | What comes next. | | | |
| | select_one way | way | What would you like to do? | | | quick |
| | end_group | | | | | |
| | begin_group | page_all | | | ${way} = 'go_on' | field-list |
| | select_one often | one | One? | | | |
| | select_multiple often | many | Many? | | | |
| | select_one often | calm | calm | | | list |
| | select_one often | tired | tired | | | list |
| | select_one often | listed | Listed? | | | minimal |
| | rank often | order | Order? | | | |
| | date | day | Day? | | | |
| | integer | years | Years? | | | thousands-sep |
| | text | line | Line? | | | |
| | text | lines | Lines? | | | multiline |
| | acknowledge | seen | Seen? | | | |
| | select_one often | more | More, for those who wrote? | | ${line} != '' | |
| | select_one yes_no | last | Last? | | ${more} != '' | |
| | end_group | | | | | |
| | end_group | | | | | |
| | begin_group | rest | The rest | | | |
| | begin_group | page_quick | | | | field-list |
| | select_one often | with_other | How often? | | | quick |
| | text | other | Other? | | | |
| | end_group | | | | | |
| | text | wish | What should change? | | | multiline |
| | end_group | | | | | |

| choices | | | |
|---|---|---|---|
| | list_name | name | label |
| | consent | yes | Yes |
| | consent | no | No |
| | way | go_on | Go on |
| | way | skip_this_whole_section | Skip this section |
| | yes_no | yes | Yes |
| | yes_no | no | No |
| | often | never | Never |
| | often | sometimes | Sometimes |
| | often | very_often | Very often |
"""
SETTINGS = re.sub(r"open_text = .*", 'open_text = ["wish", "line", "lines", "other"]', every_control.SETTINGS)


def make(folder: Path) -> Path:
    """The edition."""

    report = REPORT.partition("```")[0]
    make_edition(folder, form=FORM, settings=SETTINGS, report=report, rehearsal="pass_over = 0.1\n")
    return folder / "edition"


def asks(browser: Browser) -> list[str]:
    """The names of what the page asks."""
    return [name.rpartition("/")[2] for name in browser.asked]
