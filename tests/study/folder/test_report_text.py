"""report.md block by block: what is one text to translate, and what its key holds on to."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from kuule.languages.workflow.content_keys import content_key
from kuule.study.folder.report_text import (
    ReportBlock,
    ReportBlockKind,
    block_fields,
    block_key,
    report_blocks,
    report_sources,
    unwrap,
)

TEXT = """# {{ title }}

A paragraph that goes
on here.
## Who

- one
  and on
- two

- three

{{ if shown told yes }}A condition

over two paragraphs{{ end }}.

```figure
question: told
note: Ages are in bands.
```
> said
> by one
"""


def texts(text: str) -> list[tuple[str, str]]:
    return [(source.key.rpartition(":")[2], source.text) for source in report_sources(text)]


def test_texts_are_headings_blocks_and_notes() -> None:
    assert texts(TEXT) == [
        ("paragraph", "A paragraph that goes on here."),
        ("heading", "Who"),
        ("paragraph", "- one and on\n- two\n\n- three"),
        ("paragraph", "{{ if shown told yes }}A condition\n\nover two paragraphs{{ end }}."),
        ("note", "Ages are in bands."),
        ("paragraph", "> said by one"),
    ]


def test_blocks_keep_what_is_written_and_its_line() -> None:
    assert report_blocks(TEXT)[:3] == (
        ReportBlock(ReportBlockKind.HEADING, "{{ title }}", 1, 1),
        ReportBlock(ReportBlockKind.PARAGRAPH, "A paragraph that goes\non here.", 3),
        ReportBlock(ReportBlockKind.HEADING, "Who", 5, 2),
    )
    assert report_blocks(TEXT)[5] == ReportBlock(
        ReportBlockKind.FIGURE, "question: told\nnote: Ages are in bands.", 17, fence="```"
    )


def test_figure_that_was_copied_with_the_spaces_before_it_is_a_figure_and_other_code_is_not() -> None:
    read = report_blocks(
        "Before.\n\n    ```figure\n    question: told\n    note: So.\n    ```\n\n    ```toml\n    a = 1\n"
    )
    assert [(block.kind, block.line) for block in read][:2] == [
        (ReportBlockKind.PARAGRAPH, 1), (ReportBlockKind.FIGURE, 3),
    ]  # fmt: skip
    assert [(field.name, field.text) for field in block_fields(read[1])] == [("question", "told"), ("note", "So.")]
    assert read[1].closed
    assert {block.kind for block in read[2:]} == {ReportBlockKind.PARAGRAPH}


def test_wrapping_changes_no_key() -> None:
    prose = "When a paragraph is wrapped in another way, {{ share told yes }} of it stay as they were."
    keys = {tuple(source.key for source in report_sources("\n".join(textwrap.wrap(prose, w)))) for w in (20, 33, 99)}
    assert keys == {(content_key("report.md", prose, "paragraph"),)}


def test_text_that_stands_twice_is_one_text() -> None:
    assert texts("## Age\n\nSee below.\n\n## Age\n\nSee below.\n") == [("heading", "Age"), ("paragraph", "See below.")]


def test_number_alone_is_nothing_to_translate() -> None:
    assert [block_key(block) for block in report_blocks("# {{ title }}\n\n{{ responses }}\n\n---\n")] == ["", "", ""]


@pytest.mark.parametrize(
    "text", ["```\na\n\nb\n```", "One\n===\nTwo", "1. a\n2. b", "- a\n  - b\n\n  c", "> a\n>\n> b"]
)
def test_text_keeps_its_build(text: str) -> None:
    assert unwrap(text) == text


def test_every_text_tells_its_translator_where_it_stands() -> None:
    notes = [source.note for source in report_sources("## Who\n\nOf {{ responses }} people.\n")]
    assert notes == [
        "the report says this to its readers: a heading; at most 40 characters",
        'the report says this to its readers: a paragraph (section "Who"); keep every {{ … }} as it is, where it '
        "belongs in your language; at most 40 characters",
    ]


def test_shipped_report_is_made_of_short_texts() -> None:
    study = Path(__file__).parents[3] / "studies" / "our-voice"
    sources = report_sources((study / "report.md").read_text("utf-8"))
    assert max(len(source.text) for source in sources) < 1500


FINDING = """```finding
title: Had told
figure: {{ share told yes }}
reading: Of those who answered,
  before this survey.
topic: told
```

```figure
question: told
finding: {{ share told yes }} had told
note: Of all.
```
"""


def test_finding_and_what_a_figure_found_are_texts_of_their_own() -> None:
    assert texts(FINDING) == [
        ("title", "Had told"),
        ("reading", "Of those who answered, before this survey."),
        ("finding", "{{ share told yes }} had told"),
        ("note", "Of all."),
    ]


def test_finding_tells_its_translator_how_long_it_may_be_in_any_language() -> None:
    notes = {source.key.rpartition(":")[2]: source.note for source in report_sources(FINDING)}
    assert notes["title"].endswith("; no full stop; at most 60 characters with its numbers")
    assert notes["reading"].endswith("; at most 230 characters with its numbers")
    assert "what the figure of 'told' found" in notes["finding"]
    assert "keep every {{ … }} as it is" in notes["finding"]


def test_line_that_is_no_field_is_kept_to_be_named() -> None:
    [block] = report_blocks("```finding\ntitel: Had told\n  and more\ntitle: Told\n```")
    assert [(each.name, each.text, each.line) for each in block_fields(block)] == [
        ("", "titel: Had told", 0),
        ("", "and more", 1),
        ("title", "Told", 2),
    ]
