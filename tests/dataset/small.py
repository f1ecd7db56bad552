"""A small study as an edition, and records of people who answered it."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from kuule.forms.compile.form import compile_form
from kuule.forms.compile.translator_notes import texts_to_translate
from kuule.forms.record import Record
from kuule.forms.xlsform.converter import read_xlsform
from kuule.helplines.directory import built_in_directory
from kuule.languages.workflow.states import State, TextOrigin
from kuule.opening.private_key import PrivateKey
from kuule.study.edition.study_edition import Edition, LanguageStatus
from kuule.study.settings.study_settings import (
    AnswerSettings,
    Audience,
    DisclosureSettings,
    Group,
    GroupMember,
    LanguageSettings,
    Study,
)
from kuule.tables.missing import Missing

FORM = """
| survey |                    |           |                        |
|        | type               | name      | label                  |
|        | select_one told    | told      | Had you **told** it?   |
|        | select_multiple who| who       | Who was it?            |
|        | select_one land    | residence | Where do you live?     |
|        | integer            | age       | How old are you?       |
|        | acknowledge        | sure      | Are you sure, ${age}?  |
|        | text               | wish      | What do you wish?      |
|        | begin_repeat       | helper    | Helper                 |
|        | select_one told    | helped    | Did it help?           |
|        | end_repeat         |           |                        |
| choices |           |                   |                    |
|         | list_name | name              | label              |
|         | told      | yes               | Yes                |
|         | told      | no                | No                 |
|         | told      | prefer_not_to_say | Prefer not to say  |
|         | who       | family            | Family             |
|         | who       | stranger          | Stranger           |
|         | who       | do_not_know       | Do not know        |
|         | land      | FI                | Finland            |
|         | land      | SE                | Sweden             |
|         | land      | FR                | France             |
"""
NORTH = Group(
    "region",
    "Region",
    "residence",
    (GroupMember("north", "North", ("FI", "SE")), GroupMember("else", "Elsewhere", rest=True)),
)


def study() -> Study:
    return Study(
        id="our-voice",
        title="Our Voice",
        organisation="Example",
        audience=Audience.SURVIVORS,
        minimum_age=18,
        source_language="en",
        discreet_title="A survey",
        retention_days=30,
        languages={tag: LanguageSettings(tag, "https://example.org/") for tag in ("en", "ar")},
        answers=AnswerSettings(sensitive=("who",), ordered=("told",)),
        disclosure=DisclosureSettings(),
        groups={"region": NORTH},
    )


@lru_cache(maxsize=4)
def edition(number: int = 1, form: str = FORM, *, rehearsal: bool = True) -> Edition:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.md"
        path.write_text(form, encoding="utf-8")
        compiled = compile_form(read_xlsform(path).xform)
    open_language = LanguageStatus("en", State.REVIEWED, TextOrigin.PERSON, True)
    return Edition(
        id=f"{number:064x}",
        study=study(),
        form=compiled,
        key=PrivateKey.generate(bytes(32), rehearsal).public,
        envelope_size=8192,
        statuses={"en": open_language, "ar": replace(open_language, tag="ar")},
        translations={
            "en": {source.key: source.text for source in texts_to_translate(compiled)},
            "ar": {"choice:told/yes:label": "نعم", "study:title": "صوتنا"},
        },
        support=built_in_directory(),
        report="# {{ title }}\n",
        rehearsal_weights={},
    )


ITEMS = ("told", "who", "residence", "age", "sure", "wish")


def record(answers: dict[str, str] | None = None, *, number: int = 1, **known: str) -> Record:
    """A person who answered some items and passed over the others."""
    given = {f"/data/{name}": value for name, value in (answers or {}).items()}
    missing = {f"/data/{name}": Missing.PASSED_OVER for name in ITEMS if f"/data/{name}" not in given}
    fields = {"study": "our-voice", "edition": f"{number:064x}", "language": "en", "link": "", "week": "2026-W48"}
    return Record(**(fields | known), answers=given, missing=missing)
