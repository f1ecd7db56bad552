"""How often each code was given, for the analyst. Nothing of this is published as it stands: these are exact counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kuule.qualitative.act_log.acts_in_force import ActLog
from kuule.qualitative.coding.code_tree import CodeTree
from kuule.qualitative.coding.text_codings import coding_outcome, counted_codes
from kuule.qualitative.project_model.answer_text import TextId
from kuule.qualitative.project_model.code_entries import CodeId


@dataclass(frozen=True, slots=True)
class CodeFrequency:
    """A code, how many answers have it, and how many have it or one below it. An answer counts once, and as often as it
    was written."""

    code: CodeId
    depth: int
    answers: int
    with_below: int


def codes_by_text(log: ActLog, tree: CodeTree, texts: Iterable[TextId]) -> Mapping[TextId, frozenset[CodeId]]:
    """The codes that count of each text whose coding is done and not disputed."""
    found = {}
    for text in texts:
        segments = coding_outcome(log, tree, text).segments
        if segments:
            found[text] = counted_codes(tree, segments)
    return found


def code_frequencies(
    tree: CodeTree, codes: Mapping[TextId, frozenset[CodeId]], occurrences: Mapping[TextId, int]
) -> tuple[CodeFrequency, ...]:
    """One for each code, in the order of the codebook. `occurrences` has texts that more than one person wrote."""
    own: Counter[CodeId] = Counter()
    below: Counter[CodeId] = Counter()
    for text, given in codes.items():
        times = occurrences.get(text, 1)
        own.update(dict.fromkeys(given, times))
        below.update(dict.fromkeys({one for code in given for one in tree.with_those_above(code)}, times))
    return tuple(CodeFrequency(entry.code, depth, own[entry.code], below[entry.code]) for depth, entry in tree.walk())
