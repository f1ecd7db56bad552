"""Each term of the glossary has an address of its own."""

from __future__ import annotations

from docs_site.glossary_terms import Term, terms, with_anchors

from tests.docs_site.small_docs import GLOSSARY, ROOT


def test_terms_are_in_the_order_of_the_alphabet() -> None:
    assert terms(GLOSSARY) == [Term("act", "One thing done."), Term("gate, way in", "A question that decides.")]


def test_a_term_is_led_to_and_the_head_of_a_table_is_not() -> None:
    page = with_anchors(GLOSSARY)
    assert '| <span id="term-gate-way-in"></span>gate, way in | A question' in page
    assert "| term | meaning |" in page
    assert page.count("<span") == 2


def test_every_term_of_the_project_has_its_own_address() -> None:
    anchors = [term.anchor for term in terms((ROOT / "docs" / "glossary.md").read_text("utf-8"))]
    assert len(anchors) > 250
    assert sorted(set(anchors)) == sorted(anchors)
