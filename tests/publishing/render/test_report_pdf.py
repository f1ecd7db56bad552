"""The report as PDF: tagged, in its language, the same to the byte, marked as practice, and nothing in it is code."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from string import ascii_lowercase
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from kuule.core.problems import PublishingError
from kuule.disclosure.release import release
from kuule.publishing.render.pdf_content import pdf_content
from kuule.publishing.render.report_pdf import report_pdf
from kuule.publishing.template.template_reader import read_template
from kuule.publishing.view.report import ReportView, report_view
from kuule.tables.wording import ItemWording
from tests.publishing.released import RULES, released_origin, result, tables, wording

pytestmark = pytest.mark.slow

TEXT = """# Told

Some *words*, `code` and [a link](https://example.org/).

- one
- two

## By region

```figure
question: told
by: land
note: A note.
```
"""


def view(text: str = TEXT, *, tag: str = "en", question: str = "Had you told anyone?", **known: object) -> ReportView:
    return report_view(read_template(text), tables(**known), wording(tag, question), released_origin(**known))


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())


def tags(pdf: bytes) -> Iterator[DictionaryObject]:
    """Every element of the structure, in order."""
    waiting = [read(pdf).root_object["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, ArrayObject):
            waiting.extend(reversed(node))
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                yield node
            if "/K" in node:
                waiting.append(node["/K"])


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return report_pdf(view())


def test_pdf_is_tagged_with_title_and_language_and_has_no_date(pdf):
    root, about = read(pdf).root_object, read(pdf).metadata
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == (
        "en",
        True,
        True,
    )
    assert (about.title, about.author) == ("Told", "Example Organisation")
    assert b"pdfuaid" in pdf
    assert [mark for mark in (b"CreationDate", b"ModDate", b"CreateDate") if mark in pdf] == []


def test_pdf_has_headings_lists_tables_with_header_cells_and_a_figure_with_its_alternative(pdf):
    found = Counter(str(tag["/S"]) for tag in tags(pdf))
    of_answer_and_groups = 4
    assert (found["/Table"], found["/TH"]) == (1, of_answer_and_groups)
    assert found["/H1"] == 1
    assert found["/H2"] == len(
        (
            "In short",
            "In this report",
            "How to read the figures",
            "By region",
            "All tables",
            "How these numbers were made",
        )
    )
    plot = view().figures[0].plot
    assert plot is not None
    assert [tag["/Alt"] for tag in tags(pdf) if tag["/S"] == "/Figure"] == [plot.spoken]


def test_pdf_says_what_the_page_says(pdf):
    said = words(pdf)
    figure = view().figures[0]
    shown = (figure.heading, *figure.basis, figure.reading, "A note.", *figure.remarks, "Counted as told by land")
    for sentence in ("Some words, code and a link.", *shown):
        assert sentence in said
    assert "figure-1" not in said
    assert "Base: about 359 people" in said


def test_pdf_contents_lead_to_pages_by_their_numbers(pdf):
    titles = (
        [entry.title for entry in read(pdf).outline[0]]
        if isinstance(read(pdf).outline[0], list)
        else [entry.title for entry in read(pdf).outline if not isinstance(entry, list)]
    )
    assert titles == ["How to read the figures", "By region", "All tables", "How these numbers were made"]
    listed = read(pdf).pages[1].extract_text()
    assert [listed.count(title) for title in (*titles, view().figures[0].heading)] == [1] * 5


def test_pdf_of_the_same_report_is_the_same_to_the_byte(pdf):
    assert report_pdf(view()) == pdf


def test_words_in_a_pdf_are_never_code():
    hostile = '#panic("no") *a* _b_ $x^2$ @ref <label> \\ "; ] } // `raw` = 1'
    said = words(
        report_pdf(view(f'# Told\n\n{{{{ share told yes }}}} #read("/etc/passwd")\n\n{TEXT[6:]}', question=hostile))
    )
    assert hostile.replace(" ", "") in said.replace(" ", "")
    assert '#read("/etc/passwd")' in said


@pytest.mark.parametrize(("rehearsal", "marks"), [(True, True), (False, False)])
def test_pdf_of_practice_is_marked_on_every_page_and_in_every_picture(rehearsal, marks):
    """The mark is the only thing that one sees through, and it is no text: who copies a sentence does not copy its
    letters with it."""
    made = report_pdf(view(rehearsal=rehearsal))
    assert {"/ExtGState" in page["/Resources"] for page in read(made).pages} == {marks}
    assert not any("PRACTICE" in page.extract_text() for page in read(made).pages)
    assert {"Practice, not real answers" in page.extract_text() for page in read(made).pages} == {marks}
    assert read(made).metadata.title == ("Practice, not real answers: Told" if marks else "Told")


def test_pdf_from_right_to_left_says_which_words_are_english():
    made = report_pdf(view(tag="ur", question="کیا آپ نے بتایا؟"))
    assert read(made).root_object["/Lang"] == "ur"
    assert "en" in {str(tag.get("/Lang")) for tag in tags(made)}


def test_pdf_of_a_draft_says_so_and_in_which_language_parts_of_it_are():
    made = view(tag="ur", question="کیا آپ نے بتایا؟")
    sections = tuple(replace(each, language="en") if each.kind == "prose" else each for each in made.sections)
    pdf = report_pdf(replace(made, draft="draft_machine", sections=sections))
    said = words(pdf)
    assert made.words.say("draft_machine") in said
    assert "They are in another language: English." in said
    assert words(report_pdf(made)).count("They are in another language") == 0


@pytest.mark.parametrize("tag", ["pt-PT", "el", "uk", "is"])
def test_pdf_has_the_language_of_the_report(tag):
    assert read(report_pdf(view(tag=tag, question="Η φωνή, голос, rödd?"))).root_object["/Lang"] == tag


def test_pdf_with_a_letter_that_no_font_has_is_refused_in_words():
    with pytest.raises(PublishingError, match=r"REPORT_041 report\.pdf: no font on this machine has U\+3FFFD; install"):
        report_pdf(view(question="Told \U0003fffd?"))


def set_of(text: str) -> bytes:
    return report_pdf(report_view(read_template(text), tables(), wording(), released_origin()))


def test_a_point_of_a_list_and_a_heading_without_a_word_are_set():
    assert set_of("- one\n-\n- two\n\n1. one\n2.\n\nText\n##\n> #\n").startswith(b"%PDF")


def test_what_is_no_letter_costs_no_pdf():
    assert words(report_pdf(view(question="\ufeffTo\ufeffld\ufffe\uffff by\x00 whom?"))).count("Told by") > 0


def test_text_that_the_typesetter_refuses_is_said_in_words():
    with pytest.raises(
        PublishingError, match=r"REPORT_042 report\.pdf: the typesetter cannot set it \(.*(maximum|limit)"
    ):
        set_of("*a " * 60 + "x" + "*" * 60)


@pytest.mark.parametrize(
    ("letters", "package"),
    [
        ("\U0003fffd", "fonts-noto-cjk"),
        ("\U0001fffd\u200d\U0001fffd", "fonts-noto-color-emoji"),
        ("\U0003fffd\U0001fffd", "fonts-noto-cjk fonts-noto-color-emoji"),
    ],
)
def test_pdf_without_a_font_names_the_package_that_likely_has_it(letters, package):
    with pytest.raises(PublishingError, match=rf"apt install {package}\)"):
        report_pdf(view(question=f"Told {letters}?"))


def test_heading_in_another_language_begins_where_its_prose_does():
    made = view(f"# Told\n\n## Here it is\n\nAnd here.\n\n{TEXT[6:]}", tag="ar")
    apart = tuple(replace(one, language="en" if one.kind in ("heading", "prose") else "") for one in made.sections)
    starts = {}

    def visit(text, matrix, *_):
        starts[text[:4]] = matrix[4]  # the last one is no line of the contents

    for page in read(report_pdf(replace(made, sections=apart))).pages:
        page.extract_text(visitor_text=visit)
    assert starts["Here"] == starts["And "]


def test_pdf_breaks_a_word_that_is_longer_than_any_and_no_other():
    long, name = "Ab" * 60, "Kindeswohlgefährdungsverdachtsmeldung"
    said = "".join(page.extract_text() for page in read(report_pdf(view(question=f"{long} {name}"))).pages)
    assert long not in said
    assert long in said.replace("\u200b", "").replace("\n", "")
    assert name in said.replace("\n", "")


def test_pdf_without_the_typesetter_is_refused_in_words(monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(PublishingError, match=r"REPORT_040 report\.pdf: the typesetter Typst is not installed"):
        report_pdf(view())


def test_pdf_leaves_out_no_level_of_headings_whatever_the_author_wrote():
    text = "#### Deep\n\n```figure\nquestion: told\n```\n\n###### Deeper\n\nUnderlined\n---\n\n## Then\n"
    data: Any = pdf_content(view(text), ["x"])
    sections = [section for section in data["sections"] if section["kind"] != "key"]
    levels = [section["level"] for section in sections if "level" in section]
    assert levels == [2, 3, 3, 2]
    assert report_pdf(view(text)).startswith(b"%PDF")


def by_land(lands: int, answers: dict[str, int]) -> tuple[ReportView, dict[str, str]]:
    """A report with one figure by so many lands, and what those are called."""
    codes = [f"l{number}" for number in range(lands)]
    labels = {code: code.upper() for code in codes}
    made = release([result("why", {"": answers}), result("why", dict.fromkeys(codes, answers), "land")], RULES)
    words_of = replace(
        wording(),
        items={"why": ItemWording("why", "Why?", {code: code for code in answers})},
        cuts={"land": ("Region", labels)},
    )
    text = "```figure\nquestion: why\nby: land\n```"
    return report_view(read_template(text), made, words_of, released_origin(responses=10_000)), labels


def test_pdf_table_of_many_groups_goes_on_below_itself_and_long_charts_are_cut_between_answers():
    many, labels = by_land(14, {f"a{number}": 40 for number in range(24)})
    codes = list(labels)
    data: Any = pdf_content(many, ["x"])
    [figure] = [section for section in data["sections"] if section["kind"] == "figure"]
    [tables] = [table["parts"] for table in data["annex"]["tables"]]
    assert [table["head"] for table in tables] == [
        ["Answer", "Everyone", *(labels[code] for code in codes[:5])],
        ["Answer", *(labels[code] for code in codes[5:11])],
        ["Answer", *(labels[code] for code in codes[11:])],
    ]
    assert len(figure["drawings"]) > 1
    assert max(drawing["height"] for drawing in figure["drawings"]) <= 1000
    assert report_pdf(many).startswith(b"%PDF")


def test_chart_has_every_group_and_one_answer_of_many_is_cut_in_the_pdf():
    many, labels = by_land(75, {"a": 40, "b": 41})
    [figure] = many.figures
    assert [[bar.group for bar in answer.bars] for answer in figure.answers] == [["Everyone", *labels.values()]] * 2
    data: Any = pdf_content(many, ["x"])
    [section] = [section for section in data["sections"] if section["kind"] == "figure"]
    shapes = [shape for drawing in section["drawings"] for shape in drawing["shapes"] if shape["kind"] == "text"]
    drawn = [shape["text"] for shape in shapes]
    assert [drawn.count(name) for name in ("Everyone", *labels.values())] == [1] * 76
    assert [drawing["height"] <= 1000 for drawing in section["drawings"]] == [True] * 2
    assert report_pdf(many).startswith(b"%PDF")


def of_questions(sizes: Sequence[int]) -> ReportView:
    """A report with a figure for each size, which is its number of answers, and a sentence that leads to it."""
    items = {f"q{ascii_lowercase[at]}": {f"a{n}": 30 + n for n in range(size)} for at, size in enumerate(sizes)}
    said = {
        name: ItemWording(name, f"Question {name}?", {code: f"{code} of {name}" for code in counts})
        for name, counts in items.items()
    }
    made = release([result(name, {"": counts}, responses=2_000) for name, counts in items.items()], RULES)
    text = "## All\n\n" + "".join(
        f"Before.\n\nWhat leads to {name}.\n\n```figure\nquestion: {name}\n```\n\n" for name in items
    )
    words_of = replace(wording(), items=said)
    return report_view(read_template(text), made, words_of, released_origin(responses=2_000))


def test_pdf_keeps_what_leads_to_a_figure_its_chart_and_its_base_on_one_page_and_each_table_on_another():
    sizes = [2, 5, 3, 8, 4, 11, 2, 7, 6, 12, 3, 9, 10, 4, 5]
    pages = [" ".join(page.extract_text().split()) for page in read(report_pdf(of_questions(sizes))).pages]
    torn = {}
    for name in (f"q{letter}" for letter in ascii_lowercase[: len(sizes)]):
        number = ascii_lowercase.index(name[1]) + 1
        parts = (f"What leads to {name}.", f"All numbers: table {number} ", f"a0 of {name}", f"Question {name}?")
        parts += (f"Table {number} ", f"Counted as {name} ")
        lead, base, answer, question, head, query = (
            [at for at, page in enumerate(pages) if part in f"{page} "] for part in parts
        )
        listed, figure, table = question
        if not (lead == base == [figure] and answer == [figure, table] and head == query == [table] and listed == 1):
            torn[name] = (lead, base, answer, question, head, query)
    assert torn == {}


def test_pdf_sets_a_figure_that_is_higher_than_a_page():
    pages = [page.extract_text() for page in read(report_pdf(of_questions([2, 60, 2]))).pages]
    assert [sum(f"a{each} of qb " in page for page in pages) > 0 for each in (0, 30, 59)] == [True] * 3
