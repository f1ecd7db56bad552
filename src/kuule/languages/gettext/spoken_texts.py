"""The texts of a catalogue in one language, as pages say them. English is the source. What becomes of a text that
nobody has translated differs from page to page, and is an argument."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kuule.languages.gettext.catalogue import read_po
from kuule.languages.gettext.shipped_words import SOURCE_LANGUAGE
from kuule.languages.workflow.entries import Catalogue, SourceText
from kuule.languages.workflow.states import State, TextOrigin

MissingText = Callable[[str], str] | None
"""What an English text becomes that nobody has translated; None where a language without one of its texts is not
spoken at all."""
REVIEWED_SOURCE = (State.REVIEWED, TextOrigin.PERSON)


@dataclass(frozen=True, slots=True)
class SpokenTexts:
    """The texts by key. `state` and `origin` are those of the text that has come least far."""

    texts: Mapping[str, str]
    state: State
    origin: TextOrigin


def spoken_texts(
    tag: str,
    sources: Sequence[SourceText],
    catalogue: Catalogue | None,
    *,
    missing: MissingText,
    source: tuple[State, TextOrigin] = REVIEWED_SOURCE,
) -> SpokenTexts | None:
    """The texts in the language `tag`; None where it has no catalogue, or, with `missing` None, where a text is missing
    in it or was made for another English text. `source` says how far the English texts are."""
    if tag == SOURCE_LANGUAGE:
        return SpokenTexts({one.key: one.text for one in sources}, *source)
    if catalogue is None:
        return None
    entries = catalogue.entries.values()
    if missing is None:
        if any(not one.text or one.stale for one in entries):
            return None
        return SpokenTexts(catalogue.texts, catalogue.state, catalogue.origin)
    texts = {one.key: one.text or missing(one.source) for one in entries}
    return SpokenTexts(texts, catalogue.state, catalogue.origin)


def catalogue_in(folder: Path, tag: str, sources: Sequence[SourceText]) -> Catalogue | None:
    """The catalogue of a language in a folder of PO files, or None where there is no file. Raises StudyError as
    `read_po` does."""
    path = folder / f"{tag}.po"
    return read_po(path, sources) if path.is_file() else None
