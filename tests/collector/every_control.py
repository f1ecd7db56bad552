"""A study whose form has every control and every appearance that the pages know, for tests and for looking at."""

from __future__ import annotations

from pathlib import Path

from kuule.study.edition.study_edition import Edition
from tests.study.small_study import REPORT, make_edition

FORM = """\
| survey | | | | | | | | | |
|---|---|---|---|---|---|---|---|---|---|
| | type | name | label | hint | relevant | appearance | parameters | required | repeat_count |
| | begin_group | start | Before you begin | | | | | | |
| | begin_group | page_consent | | | | field-list | | | |
| | select_one yes_no | consent | Do you want to take part? | | | | | yes | |
| | end_group | | | | | | | | |
| | end_group | | | | | | | | |
| | begin_group | words | Words and numbers | | | field-list | | | |
| | note | about | A **note** among the questions. | | | | | | |
| | text | line | A line of text | In your own words. | | | | | |
| | text | code | A code of digits | | | numbers | | | |
| | text | lines | Several lines | | | multiline | | | |
| | integer | whole | How many times? | | | counter | | | |
| | integer | many | How many people live in your town? | | | thousands-sep | | | |
| | decimal | part | How many hours of sleep? | | | | | | |
| | acknowledge | read | Please read this before you go on. | | | | | | |
| | end_group | | | | | | | | |
| | begin_group | scales | Scales | | | field-list | | | |
| | range | short | How safe do you feel today? | 0 is not at all, 10 is completely. | | | start=0 end=10 step=1 | | |
| | range | upright | The same, one below the other | | | vertical no-ticks | start=1 end=3 step=1 | | |
| | range | halves | In halves | | | | start=0 end=2 step=0.5 | | |
| | range | long | How far is it, in kilometres? | | | | start=0 end=500 step=5 | | |
| | range | picked | Chosen from a list | | | picker | start=1995 end=2020 step=1 | | |
| | range | rated | How safe do you feel at home? | | | | start=0 end=10 step=1 tick_labelset=safety | | |
| | range | eased | How much did it help to talk about it? | | | | start=1 end=5 step=1 tick_labelset=relief | | |
| | end_group | | | | | | | | |
| | begin_group | moments | Days and times | | | field-list | | | |
| | date | day | On which day did it begin? | | | | | | |
| | date | month | In which month? | | | month-year | | | |
| | date | year | In which year? | | | year | | | |
| | time | clock | At what time of day? | | | | | | |
| | dateTime | moment | When was the last visit? | | | | | | |
| | end_group | | | | | | | | |
| | begin_group | answers | Choices | | | field-list | | | |
| | select_one often | plain | How often? | | | | | | |
| | select_one often | listed | How often, from a list | | | minimal | | | |
| | select_one often | typed | How often, found by typing | | | autocomplete | | | |
| | select_one often | agree | How often, on a scale | | | likert | | | |
| | select_one place | two | Where, in columns | | | columns-2 | | | |
| | select_multiple place | packed | Where, packed | | | columns-pack | | | |
| | select_one often | quick | How often, quickly | | | quick | | | |
| | select_one or_not or_other | told | Whom did you tell? | | | | | | |
| | select_multiple place | places | Where was it? | | | | | | |
| | text | where_online | On which kind of site? | | selected(${places}, 'online') | | | | |
| | select_one often | how_home | How often at home? | | selected(${places}, 'home') | | | | |
| | end_group | | | | | | | | |
| | begin_group | grid | How often did you feel … | | | table-list | | | |
| | select_one often | calm | calm | | | | | | |
| | select_one often | tired | tired, also after a long night of sleep | | | | | | |
| | select_one often | hopeful | hopeful | | | | | | |
| | end_group | | | | | | | | |
| | begin_group | ordering | Order | | | field-list | | | |
| | rank needs | first | What would help most? | | | | | | |
| | end_group | | | | | | | | |
| | begin_group | circle | People around you | | | field-list | | | |
| | begin_repeat | person | Someone | | | | | | |
| | integer | age | How old are they? | A guess is enough. | | | | | |
| | select_multiple place | met | Where do you meet? | | | | | | |
| | end_repeat | | | | | | | | |
| | end_group | | | | | | | | |
| | begin_group | single | The last page | | | field-list | | | |
| | select_one yes_no | more | Is there more to say? | | | | | | |
| | text | said | What is it? | | ${more} = 'yes' | | | | |
| | end_group | | | | | | | | |

| choices | | | |
|---|---|---|---|
| | list_name | name | label |
| | yes_no | yes | Yes |
| | yes_no | no | No |
| | often | never | Never |
| | often | sometimes | Sometimes |
| | often | often | Often |
| | often | prefer_not_to_say | I prefer not to say |
| | place | home | At home |
| | place | school | At school |
| | place | online | Online |
| | place | elsewhere | Somewhere else |
| | safety | 0 | Not safe at all |
| | safety | 10 | Completely safe |
| | relief | 1 | Not at all |
| | relief | 3 | Somewhat |
| | relief | 5 | Very much |
| | or_not | friend | A friend |
| | or_not | nobody | Nobody |
| | needs | money | Money |
| | needs | time | Time |
| | needs | someone | Someone who listens |
"""

SETTINGS = """\
id = "every-control"
title = "Every control"
organisation = "An organisation"
audience = "public"
minimum_age = 0
source_language = "en"
discreet_title = "A survey"
retention_days = 365

[languages]
en = { leave_to = "https://en.wikipedia.org/wiki/Main_Page" }
sv = { leave_to = "https://sv.wikipedia.org/wiki/Portal:Huvudsida" }
ar = { leave_to = "https://ar.wikipedia.org/" }

[opening]
state = "reviewed"

[gates.consent]
question = "consent"
answer = "yes"

[answers]
open_text = ["line", "code", "lines", "told_other", "where_online", "said"]
longest_text = 1000
"""

ENDS_IN_ARABIC = {"choice:safety/0:label": "لا أشعر بالأمان", "choice:safety/10:label": "آمن تمامًا"}
"""The words of a rating's ends, so that a page that is read from the right has some."""


def make(folder: Path) -> Edition:
    """The edition, in `folder/edition`."""
    report = REPORT.partition("```")[0]
    return make_edition(
        folder, form=FORM, settings=SETTINGS, report=report, rehearsal="pass_over = 0.1\n", texts={"ar": ENDS_IN_ARABIC}
    )
