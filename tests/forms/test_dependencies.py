from __future__ import annotations

import pytest

from kuule.forms.dependencies import Reading, readings
from kuule.forms.xpath.parser import parse


@pytest.mark.parametrize(
    ("expression", "read"),
    [
        ("/data/a + ../b", {Reading("/data/a"), Reading("/data/r/b")}),
        (". > 1", set()),
        ("current()/../b", {Reading("/data/r/b")}),
        ("instance('x')/root/item[name = /data/a]/label", {Reading("/data/a")}),
        ("instance('x')/root/item[name = current()/../b]/label", {Reading("/data/r/b")}),
        ("sum(/data/r/*)", {Reading("/data/r", below=True)}),
        ("/data/r[position() = 1]/a", {Reading("/data/r/a", chosen=True)}),
        ("/data/r[b = 2]/a", {Reading("/data/r/a", chosen=True), Reading("/data/r/b", chosen=True)}),
        ("'/data/a'", set()),
    ],
)
def test_readings_of_an_expression_in_a_repeat(expression: str, read: set[Reading]) -> None:
    assert readings(parse(expression), "/data/r/c") == read
