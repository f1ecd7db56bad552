"""Agreement by code: a published table as codings of texts, gaps, and what is not defined."""

from __future__ import annotations

import pytest

from kuule.qualitative.coding.code_agreement import CodeAgreement, code_agreements
from kuule.qualitative.coding.code_tree import CodeTree
from kuule.qualitative.project.open_project import OpenProject
from tests.qualitative.small_project import CODES, DAY, coding, memory_project, with_texts

TOLD, SILENCE, HELP = CODES
FIRST, SECOND = "0100000010", "1110010000"
"""Two observers and ten units, of Krippendorff (2011), A: alpha is 0.095."""


def project_of(**coders: str) -> OpenProject:
    """A project in which coders gave each text the code where their row has a 1; a dot is a text they left out."""
    length = len(next(iter(coders.values())))
    project = with_texts(memory_project(), [f"text {number}" for number in range(length)])
    project.save(CODES[:2], role="lead", day=DAY)
    texts = sorted(project.texts.values(), key=lambda text: text.words)
    for role, row in coders.items():
        for text, given in zip(texts, row, strict=True):
            if given != ".":
                codes = [TOLD] if given == "1" else []
                project.save([coding(text, role, *codes)], role=role, day=DAY)
    return project


def agreement_on_told(project: OpenProject) -> CodeAgreement:
    found = code_agreements(project.log, CodeTree.from_log(project.log), project.texts)
    return next(one for one in found if one.code == TOLD.code)


def test_a_published_example_as_codings_of_texts() -> None:
    found = agreement_on_told(project_of(one=FIRST, other=SECOND))
    assert (found.texts, found.having, found.agreement) == (10, 5, 0.6)
    assert found.alpha == pytest.approx(0.095, abs=0.0005)
    assert found.kappas == {("one", "other"): pytest.approx(0.0909, abs=0.0005)}
    assert found.meaning == "too low to draw conclusions: sharpen the definition before the next texts"


def test_texts_that_one_coder_left_out_do_not_count() -> None:
    found = agreement_on_told(project_of(one=FIRST + "..1", other=SECOND + "10."))
    assert found == agreement_on_told(project_of(one=FIRST, other=SECOND))


def test_three_coders_have_a_kappa_for_each_pair() -> None:
    found = agreement_on_told(project_of(a="1100110011", b="1100110011", c="11001....."))
    assert (found.alpha, dict(found.kappas)) == (1, {("a", "b"): 1, ("a", "c"): 1, ("b", "c"): 1})
    assert found.meaning == "reliable"


def test_a_code_that_nobody_or_everybody_gave_has_no_figure() -> None:
    for row in ("0000", "1111"):
        found = agreement_on_told(project_of(one=row, other=row))
        assert (found.alpha, dict(found.kappas), found.agreement) == (None, {("one", "other"): None}, 1)
        assert found.meaning.startswith("not defined")
    alone = agreement_on_told(project_of(one="0101"))
    assert (alone.texts, alone.agreement, alone.meaning) == (0, None, "no text has been coded by two yet")
