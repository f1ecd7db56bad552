"""What a language lacks, in numbers that add up."""

from __future__ import annotations

import pytest

from kuule.languages.workflow.states import State
from kuule.study.edition.readiness import LanguageReadiness, TranslationGaps
from kuule.workbench.translation_desk.gap_words import gaps_in_words


@pytest.mark.parametrize(
    ("lacks", "said"),
    [
        (
            TranslationGaps(444, refused=328, below=116),
            ("444 of 444 texts are not ready: 328 that a check refuses; 116 not reviewed yet",),
        ),
        (
            TranslationGaps(500, untranslated=3, stale=1, below=40),
            ("44 of 500 texts are not ready: 3 not translated; 1 whose source has changed; 40 not reviewed yet",),
        ),
        (TranslationGaps(444, below=444), ("444 not reviewed yet",)),
        (TranslationGaps(444), ()),
    ],
)
def test_several_numbers_have_their_sum_before_them(lacks: TranslationGaps, said: tuple[str, ...]) -> None:
    assert gaps_in_words(LanguageReadiness("sv", (), (), lacks), State.REVIEWED) == said
