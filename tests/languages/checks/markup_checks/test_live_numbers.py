"""Live numbers of a translated report against those of its source; and what a hostile translator would add."""

from __future__ import annotations

import pytest

from kuule.languages.workflow.content_keys import content_key
from tests.languages.checks.check_cases import said_of

SOURCE = (
    "{{ if shown told yes }}{{ share told yes }} had told, {{ count told no }} had not.{{ else }}Few.{{ end }} "
    "Of {{ base told }}."
)
SWEDISH = (
    "{{ if shown told yes }}{{ share told yes }} sa det, {{ count told no }} teg.{{ else }}Få.{{ end }} "
    "Av {{ base told }}."
)
KEY = content_key("report.md", SOURCE, "paragraph")


@pytest.mark.parametrize(
    "text",
    [
        "{{ if shown told yes }}{{ count told no }} teg, {{ share told yes }} ej.{{else}}Få.{{end}} {{ base told }}.",
        "Av {{ base told }}: {{if shown told yes}}{{share told yes}}, {{count told no}}{{else}}få{{end}}.",
    ],
)
def test_other_order_is_let_through(text: str) -> None:
    assert said_of(SOURCE, text, key=KEY) == []


@pytest.mark.parametrize(
    "text",
    [
        SWEDISH.replace("{{ base told }}", "många"),
        SWEDISH.replace("{{ base told }}", "{{ base who }}"),
        SWEDISH.replace("Få", "{{ share told no }}"),
        SWEDISH.replace("{{ share told yes }}", "").replace("Av", "Av {{ share told yes }}"),
        SWEDISH.replace("{{ end }}", ""),
        SWEDISH.replace("if shown told yes", "if shown told no"),
        SWEDISH.replace("Få", "{{ if shown told }}Få{{ end }}"),
        SWEDISH.replace("Få", "{Få"),
    ],
)
def test_other_numbers_and_conditions_are_errors(text: str) -> None:
    assert set(said_of(SOURCE, text, key=KEY)) == {"error LANG_042"}


def test_other_texts_are_not_looked_at() -> None:
    assert said_of("Age {{ x }}", "Ålder", key="study:title") == []
