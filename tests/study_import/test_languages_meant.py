"""Which language a program means."""

from __future__ import annotations

import pytest

from kuule.study_import.languages_meant import language_meant


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("Svenska (sv)", "sv"), ("French (fr)", "fr"), ("sv", "sv"), ("Swedish", "sv"), ("svenska", "sv"), ("EN", "en"),
        ("pt-BR", "pt-BR"), ("PT_br", "pt-BR"), ("zh-hans", "zh-Hans"), ("ZH-S", "zh-Hans"), ("de-informal", "de"),
        ("no", "nb"), ("EN-US", "en"), ("Swahili", "sw"), ("Klingonese", ""), ("", ""), ("(xx)", ""),
    ],
)  # fmt: skip
def test_language_is_found_by_tag_name_and_code_of_a_program(written, tag):
    assert language_meant(written) == tag
