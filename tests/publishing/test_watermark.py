"""The mark of practice: whole in every script, and without a letter."""

from __future__ import annotations

import re

import pytest

from kuule.core.problems import PublishingError
from kuule.publishing.report_catalogue import words_for
from kuule.publishing.watermark import watermark_outlines


@pytest.mark.parametrize("tag", ["en", "uk", "el", "ar", "fa"])
def test_mark_is_outlines_within_its_picture(tag: str) -> None:
    """What hangs below the line, as dots and tails in Arabic do, is not cut off."""
    word = words_for(tag).say("watermark")
    svg = watermark_outlines(word, tag, "report.pdf")
    assert "<text" not in svg
    assert word not in svg
    height = float(re.findall(r'viewBox="0 0 [\d.]+ ([\d.]+)"', svg)[0])
    [[below]] = [re.findall(r'<g transform="matrix\(1 0 0 -1 [\d.]+ ([\d.]+)\)"', svg)]
    assert height - float(below) > (10 if tag in ("ar", "fa") else 1)
    assert re.findall(r'fill="(.*?)"', svg) == ["#000000"] * svg.count("<use ")


def test_real_answers_have_no_mark() -> None:
    assert watermark_outlines("", "en", "report.pdf") == ""


def test_letter_that_no_font_has_is_refused() -> None:
    with pytest.raises(PublishingError, match=r"REPORT_041 report\.pdf"):
        watermark_outlines("\U0003fffd", "en", "report.pdf")
