"""The words around the questions, in one language. The study's own texts are the edition's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from kuule.languages.catalogue import Source, read_po, read_pot, source_standing
from kuule.languages.foreign import Foreign, like
from kuule.languages.states import Origin, State

HERE = Path(__file__).parent
SOURCE_LANGUAGE = "en"
_PREFIX = "interface:"


@dataclass(frozen=True, slots=True)
class Interface:
    """The interface in one language: `state` and `origin` are those of its weakest text."""

    language: str
    texts: Mapping[str, str]
    state: State
    origin: Origin

    def say(self, name: str, /, **values: object) -> str:
        """The text `interface:<name>` with its `{placeholders}` filled. KeyError for a name that does not exist."""
        text = self.texts[name]
        return like(text.format(**values), text) if values else text


@lru_cache(maxsize=128)
def interface(tag: str) -> Interface | None:
    """The interface in the language `tag`, or None where nobody has translated it. English is the source."""
    sources = _sources()
    if tag == SOURCE_LANGUAGE:
        texts = {_name(source.key): source.text for source in sources}
        return Interface(tag, texts, *source_standing(HERE / "interface.pot"))
    path = HERE / f"{tag}.po"
    if not path.is_file():
        return None
    catalogue = read_po(path, sources)
    # A text that is not translated yet is English: better understood by some than an empty button.
    texts = {_name(entry.key): entry.text or _borrowed(entry.source) for entry in catalogue.entries.values()}
    return Interface(tag, texts, catalogue.state, catalogue.origin)


@cache
def _sources() -> tuple[Source, ...]:
    return read_pot(HERE / "interface.pot")


def english() -> Interface:
    """The source language, which is always there."""
    found = interface(SOURCE_LANGUAGE)
    if found is None:
        raise FileNotFoundError("interface.pot is part of the package")
    return found


def spoken_in(tag: str) -> Interface:
    """The interface on pages in the language `tag`: English, each text of it marked as such, where nobody has
    translated it."""
    spoken = interface(tag)
    if spoken is not None:
        return spoken
    source = english()
    return replace(source, texts={name: _borrowed(text) for name, text in source.texts.items()})


def translated() -> tuple[str, ...]:
    """The languages that the interface speaks, English first."""
    return (SOURCE_LANGUAGE, *sorted(path.stem for path in HERE.glob("*.po")))


def _borrowed(text: str) -> str:
    return Foreign(text, SOURCE_LANGUAGE)


def _name(key: str) -> str:
    return key.removeprefix(_PREFIX)
