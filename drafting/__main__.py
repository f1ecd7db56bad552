"""Drafts by a machine: texts to be drafted go out, drafts come in, and checks look at them (docs/how-to/draft.md).

    python -m drafting texts PLACE [--language fi]    what is to be translated, as JSON: key to text and note
    python -m drafting take PLACE FILE...             files like fi.json, key to translation, into fi.po
    python -m drafting check PLACE [--language fi]    what the checks say; nothing if all is well

PLACE is `sites` (the words around a survey's questions), `reporting` (those on time limits), `report` (those around
figures), `publication` (around a release), `register` (on a register's pages), `kit` (what partners spread), `network`
(on the pages of partners), `workbench` (on the partners' site), `tour` (on the first page of the demo), `redaction` (in
place of words that were taken out of an answer), or a study folder (the text of its report; `--all` for every text).
What a person has translated is never overwritten.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kuule.core.files import write_atomically
from kuule.core.problems import Problem
from kuule.kit.kit_words import KIT_WORDS_TEMPLATE
from kuule.languages.checks.check_context import CheckContext
from kuule.languages.checks.text_checks import catalogue_problems
from kuule.languages.gettext.catalogue import po_bytes, read_po, read_pot
from kuule.languages.gettext.shipped_words import INTERFACE_FOLDER as SITES
from kuule.languages.terminology.glossary import Glossary
from kuule.languages.workflow.entries import Catalogue, SourceText, with_translation
from kuule.languages.workflow.states import State, TextOrigin
from kuule.limitation.deadline_words import WORDS_TEMPLATE
from kuule.network.partner_pages.network_texts import NETWORK_TEMPLATE
from kuule.publishing.publication_catalogue import PUBLICATION_TEMPLATE
from kuule.publishing.report_catalogue import CATALOGUE_TEMPLATE
from kuule.qualitative.redaction_log.redaction_labels import LABEL_TEMPLATE
from kuule.register.texts.page_words import CATALOGUE_TEMPLATE as PAGE_WORDS_TEMPLATE
from kuule.study.folder.folder_reading import translatable_sources
from kuule.study.folder.report_text import is_report_key
from kuule.study.folder.study_folder import read_study_folder
from kuule.study.settings.adaptations import adaptations_in_language
from kuule.translation.text_sets.text_set import untranslated_catalogue
from kuule.usecases.demo.tour_words import TOUR_TEMPLATE
from kuule.workbench.member_words.workbench_words import WORKBENCH_TEMPLATE


@dataclass(frozen=True)
class Place:
    """Where the PO files are, what they translate, and which of these texts are drafted here."""

    folder: Path
    sources: tuple[SourceText, ...]
    belongs: Callable[[str], bool]
    header: str
    spoken: Callable[[str], CheckContext]

    def catalogue(self, tag: str) -> Catalogue:
        """A language as it is in its file; untranslated if there is no file yet."""
        path = self.folder / f"{tag}.po"
        if path.is_file():
            return read_po(path, self.sources)
        return untranslated_catalogue(tag, self.sources, self.header)


def place_of(name: str, *, every: bool = False) -> Place:
    ours = {
        "sites": SITES / "interface.pot",
        "reporting": WORDS_TEMPLATE,
        "report": CATALOGUE_TEMPLATE,
        "publication": PUBLICATION_TEMPLATE,
        "register": PAGE_WORDS_TEMPLATE,
        "kit": KIT_WORDS_TEMPLATE,
        "network": NETWORK_TEMPLATE,
        "redaction": LABEL_TEMPLATE,
        "workbench": WORKBENCH_TEMPLATE,
        "tour": TOUR_TEMPLATE,
    }
    if name in ours:
        template = ours[name]
        sources = read_pot(template)
        header = template.read_text("utf-8").split("\n", 1)[0].removeprefix("#").strip()
        return Place(template.parent, sources, lambda key: True, header, CheckContext)
    gathered = read_study_folder(Path(name))
    if gathered.settings is None or gathered.form is None:
        raise SystemExit("\n".join(map(str, gathered.problems)))
    sources, settings = translatable_sources(gathered.settings, gathered.form, gathered.report), gathered.settings

    def spoken(tag: str) -> CheckContext:
        return CheckContext(tag, gathered.glossary or Glossary(), adaptations_in_language(settings.adaptations, tag))

    return Place(Path(name) / "languages", sources, (lambda key: True) if every else is_report_key, "", spoken)


def texts(place: Place, tag: str) -> dict[str, dict[str, str]]:
    """The texts without a translation of their present source; without a language, all texts."""
    entries = place.catalogue(tag).entries if tag else {}
    wanted = (one for one in place.sources if place.belongs(one.key))
    return {
        one.key: {"text": one.text, "note": one.note}
        for one in wanted
        if one.key not in entries or not entries[one.key].text or entries[one.key].stale
    }


def take(place: Place, tag: str, drafts: Mapping[str, str]) -> list[str]:
    """Write a language's drafts into its file. Returns in words what was left out."""
    catalogue = place.catalogue(tag)
    entries, said = dict(catalogue.entries), []
    for key, text in drafts.items():
        entry = entries.get(key)
        if entry is None or not place.belongs(key):
            said.append(f"{tag}: there is no text {key}")
        elif entry.text and entry.origin is TextOrigin.PERSON:
            said.append(f"{tag}: a person has translated {key}")
        elif text.strip():
            made = with_translation(entry, text.strip(), state=State.DRAFT_ONE, origin=TextOrigin.MACHINE)
            entries[key] = replace(made, drafts=())
    write_atomically(place.folder / f"{tag}.po", po_bytes(replace(catalogue, entries=entries)))
    return said


def check(place: Place, tag: str) -> Iterator[Problem]:
    """What the checks say about the texts that are drafted here, and which are missing."""
    catalogue = place.catalogue(tag)
    part = replace(catalogue.select(place.belongs), obsolete=())
    return catalogue_problems(part, f"{tag}.po", place.spoken(tag))


def main(arguments: list[str]) -> int:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("what", choices=("texts", "take", "check"))
    reader.add_argument("place")
    reader.add_argument("files", nargs="*", type=Path)
    reader.add_argument("--language", action="append", default=[])
    reader.add_argument("--all", action="store_true")
    given = reader.parse_intermixed_args(arguments)
    place = place_of(given.place, every=given.all)
    if given.what == "texts":
        found = texts(place, given.language[0] if given.language else "")
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    said: list[str] = []
    if given.what == "take":
        for file in given.files:
            said += take(place, file.stem, json.loads(file.read_text("utf-8")))
    tags = given.language or [file.stem for file in given.files] or [one.stem for one in place.folder.glob("*.po")]
    said += [str(problem) for tag in sorted(tags) for problem in check(place, tag)]
    print(*said, sep="\n", end="\n" if said else "")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
