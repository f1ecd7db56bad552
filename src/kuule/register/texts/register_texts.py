"""A register's own texts: titles, questions, instructions for coders, standards. What was read somewhere is no such
text: it stays in the language in which it was written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kuule.languages.gettext.spoken_texts import catalogue_in, spoken_texts
from kuule.languages.markup.fallback_text import in_english
from kuule.languages.workflow.entries import SourceText
from kuule.languages.workflow.states import State, TextOrigin
from kuule.register.data_model.provisions import Provision
from kuule.register.data_model.standards import Standard
from kuule.register.data_model.whole_register import Register, RegisterSettings

SOURCE_LANGUAGE = "en"
LANGUAGES_FOLDER = "languages"


@dataclass(frozen=True, slots=True)
class RegisterTexts:
    """The texts by key, in the language `tag` where they are translated; a text that is not is English, and marked so.

    `state` and `origin` are those of the text that has come least far.
    """

    tag: str
    texts: Mapping[str, str]
    state: State = State.REVIEWED
    origin: TextOrigin = TextOrigin.PERSON

    def __getitem__(self, key: str) -> str:
        return self.texts[key]


def text_sources(register: Register) -> tuple[SourceText, ...]:
    """Every text of a register that is translated, with what its translator has to know, in the order of its pages."""
    found = _texts(register)
    return tuple(SourceText(key, text, note) for key, text, note in found if text)


def read_register_texts(folder: Path, register: Register, tag: str) -> RegisterTexts:
    """The texts in the language `tag` of the register that lies in `folder`. Raises StudyError as `read_po` does."""
    sources = text_sources(register)
    spoken = spoken_texts(tag, sources, catalogue_in(folder / LANGUAGES_FOLDER, tag, sources), missing=in_english)
    if spoken is None:
        return RegisterTexts(tag, {one.key: in_english(one.text) for one in sources}, State.UNTRANSLATED)
    return RegisterTexts(tag, spoken.texts, spoken.state, spoken.origin)


def demand_keys(provision: Provision) -> tuple[str, ...]:
    """The key of what each of a provision's standards demands, in their order. A standard may be named several
    times."""
    seen: Counter[str] = Counter()
    keys = []
    for held in provision.standards:
        seen[held.standard] += 1
        keys.append(f"demand:{provision.id}/{held.standard}/{seen[held.standard]}")
    return tuple(keys)


_Row = tuple[str, str | None, str]


def _texts(register: Register) -> Iterator[_Row]:
    yield from _settings_texts(register.settings)
    for provision in register.provisions.values():
        yield from _provision_texts(provision)
    for standard in register.standards.values():
        yield from _standard_texts(standard)


def _settings_texts(settings: RegisterSettings) -> Iterator[_Row]:
    yield "register:title", settings.title, "The name of the register."
    yield "register:summary", settings.summary, "What the register is, on its first page."
    for topic in settings.topics:
        yield f"topic:{topic.id}", topic.title, "A heading above several provisions."
    for number, index in enumerate(settings.other_indices, start=1):
        yield f"other-index:{number}", index.covers, f"What “{index.title}” covers."


def _provision_texts(provision: Provision) -> Iterator[_Row]:
    about = f"Of the provision “{provision.title}”."
    key = f"provision:{provision.id}"
    yield f"{key}/title", provision.title, "The name of a provision, which is a question to the law."
    yield f"{key}/short", provision.short, f"{about} Head of a column. At most 28 characters."
    yield f"{key}/question", provision.question, f"{about} What is asked of the law."
    yield f"{key}/unit", provision.unit, f"{about} What its numbers count."
    for choice in provision.choices:
        yield f"choice:{provision.id}/{choice.id}", choice.label, f"{about} One of its answers."
    yield f"{key}/coding", provision.coding, f"{about} Instructions for people who code the law."
    yield f"{key}/notes", provision.notes, f"{about} A note."
    for one, held in zip(demand_keys(provision), provision.standards, strict=True):
        yield one, held.demands, f"{about} What a standard demands of it."
        yield f"{one}/offences", held.offences, f"{about} For which offences a standard demands it."


def _standard_texts(standard: Standard) -> Iterable[_Row]:
    about = f"Of the standard “{standard.title}”."
    key = f"standard:{standard.id}"
    return (
        (f"{key}/title", standard.title, "The name of a convention, an opinion, a directive or a proposal."),
        (f"{key}/short", standard.short, f"{about} Its short name. At most 40 characters."),
        (f"{key}/body", standard.body, f"{about} Who made it."),
        (f"{key}/notes", standard.notes, f"{about} A note."),
    )
