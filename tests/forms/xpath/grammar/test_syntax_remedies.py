from __future__ import annotations

import pytest

from kuule.forms.xpath.grammar.parser import parse
from kuule.forms.xpath.grammar.syntax_remedies import GENERAL_REMEDY
from kuule.forms.xpath.grammar.xpath_errors import XPathSyntaxError


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("/data/a = ‘x’", "write straight quotes, ' or \""),
        ("selected(/data/a, “x”)", "write straight quotes, ' or \""),
        ("/data/a = 'x”", "close the quote with '"),
        ("/data/a == 1", "write one = to compare"),
        ("/data/a && /data/b", "write and between two conditions"),
        ("/data/a || /data/b", "write or between two conditions"),
        ("/data/a <> 1", "write != for is not"),
        ("/data/a ≥ 3", "write >= for at least"),
        ("/data/a – 1", "write a plain - to subtract"),
        ("!(/data/a)", "write not(…) to turn a condition round"),
        ("if(1; 2; 3)", "write a comma between arguments"),
        ("6 / 2", "write div to divide"),
        ("6 % 2", "write mod for what is left of a division"),
        ("(1", GENERAL_REMEDY),
        ("", GENERAL_REMEDY),
    ],
)
def test_what_other_programs_write_is_told_apart(written: str, remedy: str) -> None:
    with pytest.raises(XPathSyntaxError) as caught:
        parse(written)
    assert [(problem.code, problem.remedy) for problem in caught.value.problems] == [("FORM_100", remedy)]
