"""A day, an hour or a number of the visit that a form would keep: refused, with its row; conditions may read them."""

import re

import pytest

from kuule.study.rules.content.device_data import CODE, MAX_CLOCK_CONDITIONS
from tests.study.reading import check_study
from tests.study.small_study import FORM, SETTINGS, make_study

WISH = "| | text | wish | What should change? | Please leave out all names. | | | multiline |\n"
ALONE = re.sub(r"^(sv|ar) = .*\n", "", SETTINGS, flags=re.MULTILINE)


def refused(folder, *rows):
    """(place, cause) of STUDY_303 for the small study with rows of type, name, label, relevant and calculation."""
    form = FORM.replace("| required | appearance |", "| required | appearance | calculation |").replace(
        "|---|---|---|---|---|---|---|---|", "|---|---|---|---|---|---|---|---|---|"
    )
    added = "".join(
        f"| | {kind} | {name} | {label} | | {relevant} | | | {calculation} |\n"
        for kind, name, label, relevant, calculation in rows
    )
    problems = check_study(make_study(folder, form=form.replace(WISH, added + WISH), settings=ALONE, languages={}))
    return [(problem.place, problem.cause) for problem in problems if problem.code == CODE]


@pytest.mark.parametrize(
    ("calculation", "source"),
    [
        ("format-date(today(), '%Y-%m-%d')", "the clock (today)"),
        ("once(now())", "the clock (now)"),
        ("uuid()", "chance (uuid)"),
        ("concat(today(), random())", "the clock (today) and chance (random)"),
        ("today() > '2026-01-01'", "the clock (today)"),
    ],
)
def test_calculation_that_keeps_the_day_or_a_draw_is_refused_with_its_row(tmp_path, calculation, source):
    assert refused(tmp_path, ("calculate", "stamp", "", "", calculation), ("calculate", "b", "", "", "${stamp}")) == [
        ("form.md, survey, row 32", f"'stamp' is made of {source}"),
        ("form.md, survey, row 33", f"'b' is made of {source}"),
    ]


def test_conditions_may_read_the_day_and_chance_until_they_would_tell_it(tmp_path):
    rows = [
        ("integer", f"times_{day}", "How many times?", f"today() > '2026-12-0{day}'", "")
        for day in range(1, MAX_CLOCK_CONDITIONS + 1)
    ]
    assert refused(tmp_path, *rows, ("integer", "again", "And?", "today() > '2026-12-01'", "")) == []
    assert refused(tmp_path, *rows, ("integer", "half", "And?", "random() < 0.5", "")) == [
        ("form.md, survey, row 35", "more than 3 conditions read the clock or chance, this one chance (random)")
    ]
