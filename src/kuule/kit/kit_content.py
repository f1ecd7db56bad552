"""What every piece of one kit says: the words of a language, a partner's link, the help of its country, the time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kuule.core.problems import Problem, raise_errors
from kuule.kit.help_line import HelpLine
from kuule.kit.kit_partners import KitPartner
from kuule.kit.kit_problems import KitError
from kuule.kit.kit_settings import KitSettings
from kuule.kit.kit_words import KitWord, KitWords, placeholder_problems
from kuule.languages.cldr.locale_formats import comma
from kuule.languages.cldr.numbers import format_number
from kuule.languages.markup.directed_text import left_to_right
from kuule.languages.workflow.states import State
from kuule.study.folder.study_folder import StudyFolder
from kuule.study.settings.study_settings import Study

ADULT = 18


@dataclass(frozen=True, slots=True)
class KitContent:
    """All that a kit's pieces are filled with. `draft` is whether a text of it is not reviewed, or its helpline not
    checked; `colour` is the study's own, "" for Kuule's."""

    partner: KitPartner
    words: KitWords
    help: HelpLine
    address: str
    onion: str
    about: KitWord
    organisation: KitWord
    minutes: int
    colour: str
    draft: bool

    @property
    def tag(self) -> str:
        return self.words.tag

    @property
    def draft_note(self) -> str:
        """The sentence across each piece of a draft; "" for reviewed texts."""
        return self.words.say("draft") if self.draft else ""

    @property
    def shown_address(self) -> str:
        """The address as people read and type it."""
        return self.address.removeprefix("https://")

    def word(self, name: str) -> KitWord:
        """A text with its state: Kuule's, or `about` and `organisation`, which are the study's."""
        return {"about": self.about, "organisation": self.organisation}.get(name) or self.words.words[name]

    def say(self, name: str, **values: str) -> str:
        """The text of a name with everything filled in that it asks for."""
        if name == "about":
            return self.about.text
        fixed = {
            "minutes": format_number(self.minutes, self.tag),
            "address": self.address,
            "organisation": self.organisation.text,
            "about": self.about.text,
            "help": f"{self.help.name}{comma(self.tag)}{left_to_right(self.help.number, self.tag)}",
        }
        return self.words.say(name, **{**fixed, **values})


def kit_content(
    study: StudyFolder,
    settings: KitSettings,
    partner: KitPartner,
    words: KitWords,
    help_line: HelpLine,
    *,
    minutes: int,
    drafts: bool,
) -> KitContent:
    """The content of one kit.

    Raises KitError KIT_003 (placeholders), KIT_004 (a text that nobody reviewed, without `drafts`), KIT_005 (the
    headline says "adults", and the study asks others).
    """
    about, organisation = (
        _study_word(study, "welcome/for_whom", words.tag),
        _study_word(study, "organisation", words.tag),
    )
    if not about.source:
        about = _study_word(study, "title", words.tag)
    whole: Mapping[str, KitWord] = {**words.words, "about": about, "organisation": organisation}
    demanded = study.settings.opening_state
    behind = {name: word for name, word in whole.items() if not word.state.reaches(demanded)}
    problems = [*placeholder_problems(words), *_minor_problems(study.settings, settings)]
    if behind:
        problems += _unreviewed(behind, words.tag, demanded, drafts=drafts)
    raise_errors(problems, KitError)
    path = f"/{partner.link}/{words.tag}"
    return KitContent(
        partner=partner,
        words=words,
        help=help_line,
        address=settings.address + path,
        onion=settings.onion and settings.onion + path,
        about=about,
        organisation=organisation,
        minutes=minutes,
        colour=study.settings.identity.colour,
        draft=bool(behind) or not help_line.checked,
    )


def _study_word(study: StudyFolder, name: str, tag: str) -> KitWord:
    """A text of study.toml in a language; the source text and state of the study's own language."""
    key = f"study:{name}"
    source = next((one for one in study.settings.sources if one.key == key), None)
    if source is None:
        return KitWord("", State.UNTRANSLATED)
    if tag == study.settings.source_language:
        return KitWord(source.text, study.settings.languages[tag].state, "", source.text, source.note)
    entry = study.catalogues[tag].entries[key]
    return KitWord(entry.text, entry.effective_state, entry.by, entry.source, entry.source_note)


def _minor_problems(study: Study, settings: KitSettings) -> Iterator[Problem]:
    if study.minimum_age < ADULT:
        for name in ("discreet", "subject"):
            if name not in settings.words:
                cause = f"it says that the survey is for adults, and the study asks people from {study.minimum_age} on"
                yield Problem("KIT_005", f"kit.toml, words.{name}", cause, f"write {name} in [words] of kit.toml")


def _unreviewed(behind: Mapping[str, KitWord], tag: str, demanded: State, *, drafts: bool) -> Iterator[Problem]:
    """Without `drafts` every text has to be reviewed; with them it has to be there."""
    wanting = {name: word for name, word in behind.items() if not drafts or not word.text}
    if wanting:
        some = ", ".join(list(wanting)[:4]) + (" …" if len(wanting) > len("1234") else "")
        missing = sum(not word.text for word in wanting.values())
        cause = f"{len(wanting)} texts in {tag} are not {demanded} ({some}), {missing} of them not there at all"
        remedy = f"review languages/kit/{tag}.po and the study's texts"
        remedy += " (docs/how-to/kit.md)" if drafts else ", or give --drafts, which writes it across each piece"
        yield Problem("KIT_004", f"language {tag}", cause, remedy, language=tag)
