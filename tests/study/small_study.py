"""A small study for tests: gates, an ordinary section, a hard one, an open question; it keeps every rule.

`make_study` writes its folder, `make_edition` freezes it with a rehearsal key. Each part can be replaced by another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

from kuule.languages.gettext.catalogue import po_bytes
from kuule.languages.gettext.shipped_words import shipped_catalogue
from kuule.languages.workflow.entries import (
    Catalogue,
    DraftTranslation,
    SourceText,
    text_hash,
    untranslated_entry,
    with_translation,
)
from kuule.languages.workflow.states import State, TextOrigin
from kuule.opening.private_key import PrivateKey
from kuule.study.edition.study_edition import Edition
from kuule.study.folder.folder_reading import translatable_sources
from kuule.study.folder.interface_words import interface_words_folder
from kuule.study.folder.study_folder import read_study_folder
from kuule.study.freeze import freeze
from tests.kept import frozen
from tests.languages.po import write_po

FORM = """\
| survey | | | | | | | |
|---|---|---|---|---|---|---|---|
| | type | name | label | hint | relevant | required | appearance |
| | begin_group | start | Before you begin | | | | |
| | begin_group | page_consent | | | | | field-list |
| | note | about_survey | This is a survey for **adults**. | | | | |
| | select_one yes_no | consent | Do you want to take part? | | | yes | |
| | end_group | | | | | | |
| | begin_group | page_adult | | | | | field-list |
| | select_one yes_no | adult | Are you 18 or older? | | | yes | |
| | end_group | | | | | | |
| | end_group | | | | | | |
| | begin_group | about | About you | | | | |
| | begin_group | page_about | | | | | field-list |
| | select_one age_band | age_band | How old are you? | Choose one. | | | |
| | select_one country | residence | Where do you live? | | | | minimal |
| | end_group | | | | | | |
| | begin_group | page_years | | | | | field-list |
| | integer | years | For how many years have you lived there? | | | | |
| | end_group | | | | | | |
| | end_group | | | | | | |
| | begin_group | happened | What happened | | | | |
| | begin_group | page_before | | | | | field-list |
| | note | note_happened | The next page asks where it happened. | | | | |
| | select_one way | way | What would you like to do? | | | | |
| | end_group | | | | | | |
| | begin_group | page_where | | | ${way} = 'go_on' | | field-list |
| | select_multiple place | place | Where did it happen? | | | | |
| | select_one how_often | how_often | How often did it happen? | | selected(${place}, 'home') | | |
| | end_group | | | | | | |
| | end_group | | | | | | |
| | begin_group | end | Your own words | | | | |
| | begin_group | page_wish | | | | | field-list |
| | text | wish | What should change? | Please leave out all names. | | | multiline |
| | end_group | | | | | | |
| | end_group | | | | | | |

| choices | | | |
|---|---|---|---|
| | list_name | name | label |
| | yes_no | yes | Yes |
| | yes_no | no | No |
| | age_band | 18_to_34 | 18 to 34 |
| | age_band | 35_or_more | 35 or older |
| | age_band | prefer_not_to_say | I prefer not to say |
| | country | FI | Finland |
| | country | SE | Sweden |
| | country | AX | Åland Islands |
| | country | AT | Austria |
| | country | prefer_not_to_say | I prefer not to say |
| | way | go_on | Go on |
| | way | pass | Pass over this section |
| | place | home | At home |
| | place | school | At school |
| | place | do_not_know | I do not know |
| | place | prefer_not_to_say | I prefer not to say |
| | how_often | once | Once |
| | how_often | more | More than once |
| | how_often | prefer_not_to_say | I prefer not to say |
"""

SETTINGS = """\
id = "small-study"
title = "A small study"
organisation = "An organisation"
audience = "survivors"
minimum_age = 18
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

[gates.age]
question = "adult"
answer = "yes"

[answers]
territories = ["country"]
ordered = ["age_band", "how_often"]
open_text = ["wish"]
sensitive = ["place", "how_often"]

[groups.region]
title = "Region of residence"
question = "residence"
[groups.region.members]
nordic = { title = "Nordic countries", values = ["AX", "FI", "SE"] }
elsewhere = { title = "Elsewhere", rest = true }
"""

REPORT = """\
# {{ title }}

{{ responses }} people answered, {{ share consent yes }} agreed.

```figure
question: place
by: region
```
"""

REHEARSAL = """\
pass_over = 0.1

[answers.way]
go_on = 3
pass = 1

[texts]
wish = ["That someone listens."]
"""

HELP = '\n[help]\ncountries = ["SE"]\n'
"""For the end of settings: the study is spread in Sweden."""
SUPPORT_HEADER = "country,name,kind,phone,languages,gender,checked_by,checked_on\n"
DEMANDED = ("survivor", "victim", "violence", "crisis", "child")


def checked_help(on: object, languages: str = "en sv ar", country: str = "SE", kinds: Iterable[str] = DEMANDED) -> str:
    """A support.csv in which a person checked, on that day, all that `HELP` demands."""
    rows = [f"{country},A {kind} line,{kind},1,{languages},any,coordinator,{on}\n" for kind in kinds]
    return SUPPORT_HEADER + "".join(rows)


LANGUAGES: Mapping[str, State] = {"sv": State.DRAFT_ONE, "ar": State.DRAFT_ONE}
SECRET = bytes(range(32))


def make_study(
    folder: Path,
    *,
    form: str = FORM,
    settings: str = SETTINGS,
    languages: Mapping[str, State] = LANGUAGES,
    texts: Mapping[str, Mapping[str, str]] | None = None,
    report: str = REPORT,
    support: str | None = None,
    rehearsal: str = REHEARSAL,
    words: Mapping[str, State] | None = None,
) -> Path:
    """Write a study folder. Each of `languages` gets every text as its source with the tag before it ("sv: Yes"), made
    by a machine and in the given state; `texts` (tag, key, text) replaces single ones, "" leaves one untranslated.
    `words` are Kuule's own, which people brought so far in the study's folder; else they are as they are shipped.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "form.md").write_text(form, "utf-8")
    (folder / "study.toml").write_text(settings, "utf-8")
    (folder / "report.md").write_text(report, "utf-8")
    (folder / "rehearsal.toml").write_text(rehearsal, "utf-8")
    if support is not None:
        (folder / "support.csv").write_text(support, "utf-8")
    sources = _sources(folder) if languages else ()
    for tag, state in languages.items():
        _write_translation(folder, tag, state, (texts or {}).get(tag, {}), sources)
    for tag, state in (words or {}).items():
        write_words(folder, tag, state)
    return folder


def write_words(folder: Path, tag: str, state: State = State.REVIEWED, **texts: str) -> None:
    """Kuule's own words of a language in the study's folder, as people left them: the shipped wording in this state;
    `texts` replaces single ones by their names."""
    entries = {}
    for key, entry in shipped_catalogue(tag).entries.items():
        text = texts.get(key.removeprefix("interface:"), entry.text)
        made = with_translation(entry, text, state=state, origin=TextOrigin.PERSON, by="reviewer", on="2026-11-26")
        entries[key] = replace(made, drafts=two_drafts(SourceText(key, entry.source)))
    interface_words_folder(folder).mkdir(parents=True, exist_ok=True)
    write_po(interface_words_folder(folder) / f"{tag}.po", Catalogue(tag, entries))


def write_translation(folder: Path, tag: str, state: State, texts: Mapping[str, str]) -> None:
    """The PO file of a language as `make_study` makes it; nothing where form or settings cannot be read."""
    _write_translation(folder, tag, state, texts, _sources(folder))


def _sources(folder: Path) -> tuple[SourceText, ...] | None:
    """The texts to translate, once for the same files: many tests are of the same study."""
    files = [folder / name for name in ("form.md", "study.toml", "report.md")]
    asked = tuple(file.read_bytes() for file in files if file.is_file())
    if len(asked) < len(files) or asked not in _known_sources:
        _known_sources[asked] = _sources_now(folder)
    return _known_sources[asked]


_known_sources: dict[tuple[bytes, ...], tuple[SourceText, ...] | None] = {}


def _sources_now(folder: Path) -> tuple[SourceText, ...] | None:
    gathered = read_study_folder(folder)
    if gathered.settings is None or gathered.form is None:
        return None
    return translatable_sources(gathered.settings, gathered.form, gathered.report)


def _write_translation(
    folder: Path, tag: str, state: State, texts: Mapping[str, str], sources: tuple[SourceText, ...] | None
) -> None:
    if sources is None:
        return
    (folder / "languages").mkdir(exist_ok=True)
    (folder / "languages" / f"{tag}.po").write_bytes(_translated(tag, state, tuple(texts.items()), sources))


@lru_cache(maxsize=256)
def _translated(tag: str, state: State, texts: tuple[tuple[str, str], ...], sources: tuple[SourceText, ...]) -> bytes:
    """The PO file itself; kept, since many tests are of the same study."""
    given, entries = dict(texts), {}
    for source in sources:
        text = given.get(source.key, f"{tag}: {source.text}")
        drafts = two_drafts(source) if state.reaches(State.DRAFT_TWO) else ()
        made = replace(
            with_translation(untranslated_entry(source), text, state=state, origin=TextOrigin.MACHINE), drafts=drafts
        )
        entries[source.key] = made if text else untranslated_entry(source)
    return po_bytes(Catalogue(tag, entries))


def two_drafts(source: SourceText) -> tuple[DraftTranslation, ...]:
    """What every state from the second draft on stands on: two people's translations, made apart from each other."""
    roles = ("translator", "second-translator")
    return tuple(
        DraftTranslation(f"{by}: {source.text}", TextOrigin.PERSON, by, source_hash=text_hash(source.text))
        for by in roles
    )


def rehearsal_key(secret: bytes = SECRET) -> PrivateKey:
    """A rehearsal key that every test can make again."""
    return PrivateKey.generate(secret, rehearsal=True)


def write_pair(folder: Path) -> None:
    """The files of that key, named `test`, in a folder that is made."""
    folder.mkdir(parents=True)
    key = rehearsal_key()
    (folder / "test.rehearsal.secret-key").write_text(key.to_text(), "utf-8")
    (folder / "test.rehearsal.secret-key").chmod(0o600)
    (folder / "test.rehearsal.public-key").write_text(key.public.to_text(), "utf-8")


def make_edition(folder: Path, *, key: PrivateKey | None = None, drafts: bool = True, **study: object) -> Edition:
    """The edition of `make_study(**study)`: the study is in `folder/study`, the edition in `folder/edition`. One that
    this session froze before is copied: for tests to which the freezing is not the point."""
    path, public = make_study(folder / "study", **study), (key or rehearsal_key()).public  # type: ignore[arg-type]  # passed through as make_study names them
    freezing = frozen if drafts else partial(freeze, drafts=False)
    return freezing(path, public, folder / "edition")
