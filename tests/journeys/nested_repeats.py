"""A study with repeats in repeats, a number of instances that an answer gives, and choices that stand in a file."""

from __future__ import annotations

from pathlib import Path

from kuule.study.edition.study_edition import Edition
from kuule.study.freeze import freeze
from tests.collector.every_control import SETTINGS
from tests.study.small_study import REPORT, make_study, rehearsal_key

FORM = """\
| survey |
| | type | name | label | appearance | required | repeat_count | choice_filter | constraint | parameters |
| | begin_group | start | Before you begin | | | | | | |
| | begin_group | page_consent | | field-list | | | | | |
| | select_one yes_no | consent | Do you want to take part? | | yes | | | | |
| | end_group | | | | | | | | |
| | end_group | | | | | | | | |
| | begin_group | homes | Where you lived | | | | | | |
| | begin_repeat | home | A home | | | | | | most=3 |
| | begin_group | place | The place | field-list | | | | | |
| | select_one_from_file regions.csv | region | In which part? | | | | | | |
| | select_one_from_file towns.csv | town | In which town? | | | | region = ${region} | | |
| | end_group | | | | | | | | |
| | begin_repeat | person | Someone who lived there | field-list | | | | | most=2 |
| | integer | age | How old were they? | | | | | | |
| | end_repeat | | | | | | | | |
| | end_repeat | | | | | | | | |
| | end_group | | | | | | | | |
| | begin_group | moves | Moving | | | | | | |
| | begin_group | page_moves | | field-list | | | | | |
| | integer | moved | How often did you move? | | | | | . <= 3 | |
| | end_group | | | | | | | | |
| | begin_repeat | move | A move | field-list | | ${moved} | | | |
| | text | why | Why was it? | | | | | | |
| | end_repeat | | | | | | | | |
| | begin_group | page_scales | Two scales | table-list | | | | | |
| | select_one often | calm | calm | | | | | | |
| | select_one often | tired | tired | | | | | | |
| | end_group | | | | | | | | |
| | end_group | | | | | | | | |

| choices |
| | list_name | name | label |
| | yes_no | yes | Yes |
| | yes_no | no | No |
| | often | never | Never |
| | often | sometimes | Sometimes |
| | often | always | Always |
"""
FILES = {
    "regions.csv": "name,label\nnorth,The north\nsouth,The south\n",
    "towns.csv": "name,label,region\noulu,Oulu,north\nturku,Turku,south\nvantaa,Vantaa,south\n",
}


def make(folder: Path) -> Edition:
    """The edition, in `folder/edition`."""
    study = folder / "study"
    study.mkdir(parents=True)
    for name, content in FILES.items():
        (study / name).write_text(content, "utf-8")
    settings = SETTINGS.replace('["line", "code", "lines", "told_other", "where_online", "said"]', '["why"]')
    report = REPORT.partition("```")[0]
    make_study(study, form=FORM, settings=settings, report=report, rehearsal="pass_over = 0.1\n")
    return freeze(study, rehearsal_key().public, folder / "edition", drafts=True)
