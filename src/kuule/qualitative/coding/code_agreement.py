"""Agreement of blind coders, code by code: whether a text has the code, as each of them saw it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from kuule.qualitative.act_log.acts_in_force import ActLog
from kuule.qualitative.coding.code_tree import CodeTree
from kuule.qualitative.coding.text_codings import CodeSets, blind_codings, counted_codes
from kuule.qualitative.project_model.answer_text import TextId
from kuule.qualitative.project_model.code_entries import CodeId
from kuule.reliability.cohen_kappa import cohen_kappa, percent_agreement
from kuule.reliability.krippendorff_alpha import Level, krippendorff_alpha

RELIABLE, TENTATIVE = 0.8, 0.667
"""Krippendorff, *Content Analysis* (2004), p. 241: rely on what reaches the first, draw tentative conclusions from the
second, and none below."""


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """Agreement on one code. `texts` are those that two or more coded; `having` are those of them that at least one
    gave the code. `kappas` has each pair of coders with texts in common.

    Alpha and kappa are None where they are not defined: everybody always gave the code, or nobody ever did.
    """

    code: CodeId
    texts: int
    having: int
    agreement: float | None
    alpha: float | None
    kappas: Mapping[tuple[str, str], float | None]

    @property
    def meaning(self) -> str:
        """What the figures allow, in words."""
        if not self.texts:
            return "no text has been coded by two yet"
        if self.alpha is None:
            return "not defined: nobody ever gave it, or everybody always did"
        if self.alpha >= RELIABLE:
            return "reliable"
        if self.alpha >= TENTATIVE:
            return "tentative conclusions only"
        return "too low to draw conclusions: sharpen the definition before the next texts"


def code_agreements(
    log: ActLog, tree: CodeTree, texts: Iterable[TextId], *, only: CodeId | None = None
) -> tuple[CodeAgreement, ...]:
    """One for each code that is used for coding, in the order of the codebook, or for one of them."""
    units = [sets for text in texts if len(sets := _code_sets(log, tree, text)) > 1]
    used = frozenset(code for sets in units for codes in sets.values() for code in codes)
    return tuple(
        _agreement(entry.code, units)
        for _, entry in tree.walk()
        if entry.codable and entry.merged_into is None and (entry.code in used or not entry.retired)
        if only in (None, entry.code)
    )


def _code_sets(log: ActLog, tree: CodeTree, text: TextId) -> CodeSets:
    return {role: counted_codes(tree, coding.segments) for role, coding in blind_codings(log, text).items()}


def _agreement(code: CodeId, units: list[CodeSets]) -> CodeAgreement:
    seen = [{role: code in codes for role, codes in sets.items()} for sets in units]
    pairs = {pair: _pairs(seen, *pair) for pair in combinations(sorted({role for unit in seen for role in unit}), 2)}
    together = [one for several in pairs.values() for one in several]
    return CodeAgreement(
        code=code,
        texts=len(seen),
        having=sum(any(unit.values()) for unit in seen),
        agreement=percent_agreement(together),
        alpha=krippendorff_alpha([tuple(unit.values()) for unit in seen], Level.NOMINAL),
        kappas={pair: cohen_kappa(several) for pair, several in pairs.items() if several},
    )


def _pairs(seen: list[dict[str, bool]], one: str, other: str) -> list[tuple[bool, bool]]:
    return [(unit[one], unit[other]) for unit in seen if one in unit and other in unit]
