"""A small study that two partners spread, with checked helplines and the words of its kit, for tests of kits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from kuule.kit.kit_building import KitPlan
from kuule.kit.kit_planning import KitOptions, plan_kits, read_kit_source
from kuule.kit.kit_words import KIT_WORDS_TEMPLATE
from kuule.languages.gettext.catalogue import read_pot
from kuule.languages.workflow.entries import Catalogue, untranslated_entry, with_translation
from kuule.languages.workflow.states import State, TextOrigin
from tests.languages.po import write_po
from tests.study.small_study import LANGUAGES, SETTINGS, SUPPORT_HEADER, make_study, two_drafts

TODAY = date(2026, 11, 28)
ONION = f"http://{'abcdefgh' * 7}.onion"
LINKS = '\n[links.partners]\nk7 = "ChildX"\nb2 = "Second"\n'
WELCOME = '\n[welcome]\nfor_whom = "A survey of adults who lived through it."\n'
SUPPORT = SUPPORT_HEADER + "SE,Stödlinjen,survivor,116 016,sv,any,coordinator,2026-11-01\n"
CHILDX = {"name": '"ChildX"', "country": '"SE"', "languages": '["en"]', "links": '["k7"]'}


def spread_study(folder: Path, *, settings: str = "", support: str = SUPPORT, kit: str = "", **partner: str) -> Path:
    """Write the study. `partner` replaces lines of partners/childx.toml; `settings` is added to study.toml, and `kit`
    to kit.toml."""
    tables = SETTINGS + WELCOME + LINKS + settings
    make_study(folder, settings=tables, support=support, languages=dict.fromkeys(LANGUAGES, State.REVIEWED))
    (folder / "kit.toml").write_text(f'address = "https://survey.example.org"\nonion = "{ONION}"\n{kit}', "utf-8")
    write_partner(folder, "childx", **partner)
    return folder


def write_partner(folder: Path, code: str, **lines: str) -> None:
    """A file of a partner; a line of "" is left out."""
    (folder / "partners").mkdir(exist_ok=True)
    rows = {**CHILDX, **lines}
    text = "".join(f"{name} = {value}\n" for name, value in rows.items() if value)
    (folder / "partners" / f"{code}.toml").write_text(text, "utf-8")


def write_kit_words(folder: Path, tag: str, state: State = State.REVIEWED, **texts: str) -> None:
    """The words of the kit in a language, as people left them: English, but for `texts` by their names."""
    entries = {}
    for source in read_pot(KIT_WORDS_TEMPLATE):
        text = texts.get(source.key.removeprefix("kit:"), source.text)
        entry = with_translation(
            untranslated_entry(source), text, state=state, origin=TextOrigin.PERSON, by="reviewer", on="2026-11-26"
        )
        entries[source.key] = replace(entry, drafts=two_drafts(source))
    (folder / "languages" / "kit").mkdir(parents=True, exist_ok=True)
    write_po(folder / "languages" / "kit" / f"{tag}.po", Catalogue(tag, entries))


def one_plan(folder: Path, **options: object) -> KitPlan:
    """The plan of the first kit that is asked for."""
    return plan_kits(read_kit_source(folder), KitOptions(**options), today=TODAY)[0]
