"""A release for tests of its pages and files: one question by region, by country and by language, with three key
findings, in English and Finnish. Malta has too few people to be shown, and so have the islands."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest.mock import patch

import lxml.html

from kuule.disclosure.release import release
from kuule.languages import catalogues
from kuule.languages.cldr.territories import territory_names
from kuule.languages.workflow.states import State, TextOrigin
from kuule.publishing.publication_catalogue import publication_words
from kuule.publishing.release_site.language_pages import (
    SiteOrder,
    language_data_files,
    language_page_files,
    release_language,
)
from kuule.publishing.release_site.release_language import ReleaseLanguage
from kuule.publishing.release_site.site_plan import site_plan
from kuule.publishing.view.release_view import release_report_view
from kuule.releases.publication_release import PublicationRelease, ReleaseApproval
from kuule.releases.release_folder import ReleaseFolder, release_content_hash, write_release
from kuule.study.edition.report_languages import ReportLanguage
from kuule.study.folder.report_text import report_sources
from kuule.study.folder.report_translations import ReportText
from kuule.tables.wording import ItemWording, Wording
from tests.publishing.released import BY_SMALL, RULES, TOLD, result, wording
from tests.releases.small_release import description, small_release

TODAY = date(2027, 3, 2)
FINDING = """```finding
title: {title}
figure: {{{{ share told {answer} }}}}
reading: Of those who answered.
topic: told
```
"""
FINDINGS = "\n".join(
    FINDING.format(title=title, answer=answer)
    for title, answer in (("Had told someone", "yes"), ("Had told nobody", "no"), ("Had told, once more", "yes"))
)
TEXT = f"""# Our Voice

What people told us.

{FINDINGS}
## A word to you

You can stop anywhere.

## Telling someone

{{{{ share told yes }}}} had told.

```figure
question: told
finding: {{{{ share told yes }}}} had told
```

```figure
question: told
by: land
note: By **region**.
```

## Who answered

```figure
question: age
```

## How this was done

We asked.
"""
BY_COUNTRY = {"FI": {"yes": 120, "no": 60}, "SE": {"yes": 71, "no": 83}, "MT": {"yes": 9, "no": 11}}
BY_TAG = {"en": {"yes": 120, "no": 90}, "fi": {"yes": 83, "no": 66}}
AGE = {"young": 210, "old": 180}


def site_wording(tag: str) -> Wording:
    """The wording of the study, with countries."""
    made = wording(tag)
    names = territory_names(tag)
    residence = ItemWording("residence", "Where do you live?", {code: names[code] for code in BY_COUNTRY})
    return replace(made, items={**made.items, "residence": residence})


def finnish_texts(text: str = TEXT) -> dict[str, ReportText]:
    """A translation that keeps live numbers and marks, and says the rest in another way."""
    return {
        source.key: ReportText(source.text.replace("told", "told"), State.REVIEWED, TextOrigin.PERSON)
        for source in report_sources(text)
    }


def site_release(*, rehearsal: bool = False, **known: object) -> PublicationRelease:
    """The release. `known` are fields that differ."""
    rows = [
        result("told", {"": TOLD}, rehearsal=rehearsal),
        result("told", BY_SMALL, "land", rehearsal=rehearsal),
        result("told", BY_COUNTRY, "residence", rehearsal=rehearsal),
        result("told", BY_TAG, "@language", rehearsal=rehearsal),
        result("age", {"": AGE}, rehearsal=rehearsal),
    ]
    tables = release(rows, RULES)
    base = small_release(
        tables=tables,
        origin=tables[0].origin,
        text=TEXT,
        languages={
            "en": ReportLanguage(State.REVIEWED, TextOrigin.PERSON),
            "fi": ReportLanguage(State.REVIEWED, TextOrigin.PERSON, finnish_texts()),
        },
        wordings={"en": site_wording("en"), "fi": site_wording("fi")},
        description=description(address="https://example.org/voice", contact="voice@example.org"),
        country="residence",
        by_country=("told",),
        by_language=("told",),
    )
    return replace(base, **known)


def approved(made: PublicationRelease) -> PublicationRelease:
    """The release as two people approved it."""
    content = release_content_hash(made)
    names = ("Anna Virtanen", "Omar Haddad")
    return replace(
        made, approvals=tuple(ReleaseApproval(name, "lead", made.description.day, content) for name in names)
    )


def write_site_release(to: Path, *, is_approved: bool = True, **known: object) -> ReleaseFolder:
    """The release in a folder."""
    made = site_release(**known)
    return write_release(approved(made) if is_approved else made, to)


def in_language(tag: str = "en", made: PublicationRelease | None = None, **known: object) -> ReleaseLanguage:
    """The release as the pages of a language see it."""
    made = made or site_release()
    folder = ReleaseFolder(Path("release"), made, release_content_hash(made))
    plan = site_plan(made, release_report_view(made, next(iter(made.wordings))))
    return release_language(SiteOrder(folder, plan, tuple(made.wordings), TODAY, **known), tag)


def drawn(tag: str = "en", made: PublicationRelease | None = None, **known: object) -> Mapping[str, str]:
    """The pages of a language."""
    return language_page_files(in_language(tag, made, **known))


@contextmanager
def words_in_english_alone(folder: Path) -> Iterator[None]:
    """In the block, nobody has translated the words around a release."""
    shutil.copy(catalogues.PUBLICATION / "interface.pot", folder)
    with patch.object(catalogues, "PUBLICATION", folder):
        publication_words.cache_clear()
        try:
            yield
        finally:
            publication_words.cache_clear()


def data_files(tag: str = "en", made: PublicationRelease | None = None) -> Mapping[str, bytes]:
    """The other files of a language."""
    return language_data_files(in_language(tag, made))


def html_of(page: str) -> lxml.html.HtmlElement:
    """A page as a browser reads it."""
    return lxml.html.document_fromstring(page)


def words_of(element: lxml.html.HtmlElement) -> str:
    """The words of an element, blanks as one."""
    return " ".join(element.text_content().split())
