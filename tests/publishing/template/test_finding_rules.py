"""Key findings as an author writes them: what is read, and everything that is refused, with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kuule.core.problems import PublishingError
from kuule.publishing.template.template_reader import check_template, read_template, template_warnings
from tests.publishing.released import wording

STUDIES = Path(__file__).parents[3] / "studies"
GOOD = {
    "title": "Had told someone",
    "figure": "{{ share told yes }}",
    "reading": "Of those who answered.{{ if shown told no }} {{ share told no }} had not.{{ end }}",
    "topic": "told",
}
FIGURE = "```figure\nquestion: told\nfinding: {{ share told yes }} had told\n```\n"


def finding(**changed: str) -> str:
    lines = [f"{name}: {text}" for name, text in {**GOOD, **changed}.items() if text]
    return "\n".join(["```finding", *lines, "```", "", ""])


def said(text: str) -> list[tuple[str, str]]:
    with pytest.raises(PublishingError) as refused:
        read_template(text)
    return [(problem.code, problem.place) for problem in refused.value.problems]


def test_findings_are_read_with_their_numbers_and_warn_of_nothing() -> None:
    template = read_template(finding() * 3 + FIGURE)
    assert [each.texts for each in template.findings] == [(GOOD["title"], GOOD["figure"], GOOD["reading"])] * 3
    assert [each.finding for each in template.figures] == ["{{ share told yes }} had told"]
    assert {str(request) for request in template.requests} == {"told"}
    assert template_warnings(template) == ()
    assert check_template(template, wording()) == ()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"title": ""}, "REPORT_015"),
        ({"figure": ""}, "REPORT_015"),
        ({"reading": ""}, "REPORT_015"),
        ({"figure": "57 %"}, "REPORT_016"),
        ({"figure": "{{ editions }}"}, "REPORT_016"),
        ({"figure": "{{ share told yes }}{{ base told }}"}, "REPORT_016"),
        ({"figure": "{{ if shown told yes }}{{ share told yes }}{{ end }}"}, "REPORT_016"),
        ({"title": "{{ if shown told yes }}Told{{ end }}"}, "REPORT_016"),
        ({"title": "t" * 61}, "REPORT_017"),
        ({"figure": "about {{ count told yes }} people"}, "REPORT_017"),
        ({"reading": "r" * 231}, "REPORT_017"),
        ({"topic": "age"}, "REPORT_019"),
        ({"note": "One field too many"}, "REPORT_003"),
    ],
)
def test_finding_that_would_not_fit_a_tile_is_refused(changed: dict[str, str], code: str) -> None:
    place = "report.md, line 6" if code == "REPORT_003" else "report.md, line 1"
    assert said(finding(**changed) + finding() * 2 + FIGURE) == [(code, place)]


@pytest.mark.parametrize(("number", "refused"), [(1, True), (2, True), (3, False), (5, False), (6, True)])
def test_there_are_three_to_five_findings_or_none(number: int, refused: bool) -> None:
    text = finding() * number + FIGURE
    if refused:
        assert said(text) == [("REPORT_018", "report.md")]
    else:
        assert len(read_template(text).findings) == number


def test_what_a_figure_found_has_a_limit_as_well() -> None:
    assert said("```figure\nquestion: told\nfinding: " + "f" * 111 + "\n```") == [("REPORT_017", "report.md, line 1")]


def test_finding_that_is_not_closed_is_named() -> None:
    assert said("```finding\ntitle: Told\n") == [("REPORT_001", "report.md, line 1")]


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        ("{{ share told yes no }}", []),
        ("{{ count told yes no }}", []),
        ("{{ share told yes yes }}", ["REPORT_007"]),
        ("{{ share told yes perhaps }}", ["REPORT_007"]),
    ],
)
def test_answers_of_one_question_add_up(number: str, codes: list[str]) -> None:
    assert [problem.code for problem in check_template(read_template(number), wording())] == codes


@pytest.mark.parametrize("study", ["our-voice", "help-us-to-know"])
def test_figure_of_a_question_with_several_answers_is_not_titled_with_one_of_them(study: str) -> None:
    """“12% get strength from people close to them” would be read as what gives strength, and nobody knows beforehand
    which answer is the largest: the question is the title."""
    folder = STUDIES / study
    several = set(re.findall(r"select_multiple \S+ \| (\w+) ", (folder / "form.md").read_text("utf-8")))
    figures = read_template((folder / "report.md").read_text("utf-8")).figures
    shown = [figure for figure in figures if figure.request.item in several]
    assert len(shown) > 8
    assert [figure.finding for figure in shown if "{{" in figure.finding] == []
