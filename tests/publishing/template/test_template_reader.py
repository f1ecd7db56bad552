"""Reading report.md: figures, live numbers, and what is wrong with them, with the line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kuule.core.problems import PublishingError, Severity
from kuule.languages.workflow.content_keys import content_key
from kuule.publishing.template.template_parts import LiveNumber, TemplateFigure, TemplateHeading, TemplateProse
from kuule.publishing.template.template_reader import check_template, read_template, template_warnings
from kuule.tables.request import Subpopulation, TableRequest
from kuule.tables.wording import ItemWording
from tests.publishing.released import wording

TEXT = """# {{ title }}

Of {{ responses }} people, {{ share told yes }} had told.

```figure
question: told
by: land
note: See {{ base told }}.
```

## Then

```text
question: not a figure {{ count told no }}
```
"""
OF = "Of {{ responses }} people, {{ share told yes }} had told."
NOTE = "See {{ base told }}."
FENCED = "```text\nquestion: not a figure {{ count told no }}\n```"


def problems(text: str) -> list[tuple[str, str]]:
    with pytest.raises(PublishingError) as refused:
        read_template(text)
    return [(problem.code, problem.place) for problem in refused.value.problems]


def test_read_template_gives_parts_with_their_lines():
    assert read_template(TEXT).parts == (
        TemplateHeading(1, "{{ title }}", 1),
        TemplateProse(OF, 3, content_key("report.md", OF, "paragraph")),
        TemplateFigure(TableRequest("told", "land"), NOTE, 5, content_key("report.md", NOTE, "note")),
        TemplateHeading(2, "Then", 11, content_key("report.md", "Then", "heading")),
        TemplateProse(FENCED, 13, content_key("report.md", FENCED, "paragraph")),
    )


def test_read_template_finds_the_live_numbers():
    assert read_template(TEXT).numbers == (
        LiveNumber("title", "", "", 1),
        LiveNumber("responses", "", "", 3),
        LiveNumber("share", "told", "yes", 3),
        LiveNumber("base", "told", "", 5),
        LiveNumber("count", "told", "no", 14),
    )


def test_template_requests_have_everyone_beside_each_cut_once():
    assert read_template(TEXT).requests == (TableRequest("told"), TableRequest("told", "land"))


def test_read_template_says_everything_wrong_at_once():
    text = "{{ shar told }}\n```figure\nby: land\n```\n\n```figure\nquestion: a\nquestion: b\ncolour: red\n```\n"
    text += "```figure\nquestion: a\n"
    assert problems(text) == [
        ("REPORT_004", "report.md, line 1"),
        ("REPORT_002", "report.md, line 2"),
        ("REPORT_003", "report.md, line 8"),
        ("REPORT_003", "report.md, line 9"),
        ("REPORT_001", "report.md, line 11"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "named"),
    [
        ("# T\n\nOf all, {{ share told yes } had told.\n", 3, "'{{ share told yes } had told.'"),
        ("# T\n\nOf all, { share told yes }} had told.\n", 3, "'}} had told.'"),
        ("{{ share {{ share told yes }} }}\n", 1, "'{{ share'"),
        ("# T\n\na\n\n{{ responses }} of\n{{ base told\n\nb }}\n", 6, "'{{ base told'"),
        ("```figure\nquestion: told\nnote: of {{ base told\n```\n", 1, "'{{ base told'"),
        ("# About {{\n", 1, "'{{'"),
    ],
)
def test_braces_without_a_partner_are_not_published(text, line, named):
    with pytest.raises(PublishingError) as error:
        read_template(text)
    first = error.value.problems[0]
    assert (first.code, first.place, first.cause) == (
        "REPORT_004", f"report.md, line {line}", f"{named} is no whole live number"
    )  # fmt: skip


def test_check_template_names_near_matches():
    text = "{{ share told yess }}\n\n```figure\nquestion: tolt\nby: lamd\n```\n"
    found = check_template(read_template(text), wording())
    assert [(problem.code, problem.place, problem.remedy) for problem in found] == [
        ("REPORT_005", "report.md, line 3", "did you mean 'told'?"),
        ("REPORT_006", "report.md, line 3", "did you mean 'land'?"),
        ("REPORT_007", "report.md, line 1", "did you mean 'yes'?"),
    ]


def test_check_template_refuses_an_item_cut_by_itself():
    found = check_template(read_template("```figure\nquestion: told\nby: told\n```"), wording())
    assert [problem.code for problem in found] == ["REPORT_006"]


def test_check_template_of_a_text_that_fits_is_empty():
    assert check_template(read_template(TEXT), wording()) == ()


def test_read_template_finds_live_numbers_of_conditions_and_of_both_branches():
    text = "{{ if shown told yes and age }}\n{{ share told\nyes }}{{ else }}{{ base told }}{{ end }}"
    assert read_template(text).numbers == (
        LiveNumber("share", "told", "yes", 1),
        LiveNumber("base", "age", "", 1),
        LiveNumber("share", "told", "yes", 2),
        LiveNumber("base", "told", "", 3),
    )
    assert read_template(text).requests == (TableRequest("told"), TableRequest("age"))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\n{{ if shown told yes }} b", [2]),
        ("{{ if shown told yes }}\n\n# Heading\n\n{{ end }}", [1, 5]),
        ("{{ else }}", [1]),
        ("{{ if shown told }}a{{ else }}b{{ else }}c{{ end }}", [1]),
        ("{{ if shown told }}a{{ if shown age }}b{{ end }}", [1]),
        ("{{ if told yes }}a{{ end }}", [1]),
        ("{{ if shown }}a{{ end }}", [1]),
        ("{{ if shown share told yes }}a{{ end }}", [1]),
    ],
)
def test_read_template_says_which_condition_is_none(text, lines):
    assert problems(text) == [("REPORT_008", f"report.md, line {line}") for line in lines]


def test_check_template_refuses_a_number_of_people_who_gave_no_answer_with_content():
    words = replace(wording(), items={"told": ItemWording("told", "Told?", {"yes": "Yes", "do_not_know": "?"})})
    found = check_template(read_template("{{ share told do_not_know }}"), words)
    assert [(problem.code, problem.remedy) for problem in found] == [
        ("REPORT_007", "leave it out; how many stands below the figure"),
    ]


def test_median_of_a_scale_is_read_and_of_anything_else_refused():
    words = wording()
    more = {"many": ItemWording("many", "Many?", {"a": "A"}, order_matters=True, multiple=True)}
    words = replace(words, items={**words.items, **more})
    text = "{{ median age }}{{ if shown median age }}x{{ end }}\n\n{{ median told }} {{ median many }}"
    template = read_template(text)
    assert [(number.kind, number.item) for number in template.numbers] == [
        ("median", "age"),
        ("median", "age"),
        ("median", "told"),
        ("median", "many"),
    ]
    assert [(problem.code, problem.place) for problem in check_template(template, words)] == [
        ("REPORT_009", "report.md, line 3"),
        ("REPORT_009", "report.md, line 3"),
    ]


def test_text_for_a_report_on_one_group_has_no_figure_by_its_own_cut():
    asked = ("told\nby: land", "told", "age\nby: land", "age\nby: told")
    template = read_template("\n".join(f"```figure\nquestion: {each}\n```\n" for each in asked))
    only = template.with_subpopulation(Subpopulation("land", "nordic"))
    assert [figure.request for figure in only.figures] == [
        TableRequest("told"),
        TableRequest("age"),
        TableRequest("age", "told"),
    ]
    assert template.with_subpopulation(None) == template


HALF = "Half chose {{ median age }} or less."


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        (HALF, ["median"]),
        (f"{{{{ if shown median age }}}}{HALF}{{{{ end }}}}", []),
        (f"{{{{ if shown age old }}}}{HALF}{{{{ end }}}}", ["median"]),
        ("{{ if shown told yes }}Yes.{{ else }}{{ share told yes }} had.{{ end }}", ["share"]),
        ("{{ if shown told yes and told no }}{{ share told no }}, {{ count told yes }}.{{ end }}", []),
        ("{{ if shown told yes }}{{ share told no }}.{{ end }}", ["share"]),
        ("{{ base told }} of {{ responses }} in {{ editions }} of {{ title }}.", []),
        ("```figure\nquestion: told\nnote: It was {{ share told yes }}.\n```", ["share"]),
    ],
)
def test_template_warns_of_a_sentence_that_would_read_not_shown(text: str, bare: list[str]):
    found = template_warnings(read_template(f"First.\n\n{text}"))
    assert [problem.cause.split()[1] for problem in found] == bare
    kinds = {(problem.code, problem.place, problem.severity) for problem in found}
    assert kinds <= {("REPORT_014", "report.md, line 3", Severity.WARNING)}


def test_kind_of_chart_is_asked_for():
    text = "```figure\nquestion: age\nchart: diverging\n```\n\n```figure\nquestion: told\n```\n"
    assert [figure.chart for figure in read_template(text).figures] == ["diverging", ""]
    assert check_template(read_template(text), wording()) == ()


def test_kind_of_chart_that_there_is_not_is_named_with_the_nearest():
    with pytest.raises(PublishingError) as refused:
        read_template("# A\n\n```figure\nquestion: told\nchart: dot\n```\n")
    [problem] = refused.value.problems
    assert (problem.code, problem.place) == ("REPORT_003", "report.md, line 3")
    assert problem.cause == "there is no kind of chart named 'dot'"
    assert "dots" in problem.remedy


def test_diverging_bars_of_answers_without_an_order_are_refused():
    text = "# A\n\n```figure\nquestion: told\nchart: diverging\n```\n"
    [problem] = check_template(read_template(text), wording())
    assert (problem.code, problem.place) == ("REPORT_009", "report.md, line 3")
