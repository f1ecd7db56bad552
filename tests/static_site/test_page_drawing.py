"""What every page of a site has: escaped words, and a style sheet that cannot be left."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import UndefinedError

from kuule.core.palette import DARK, LIGHT
from kuule.static_site.page_drawing import common_style, css_string, page_environment, policy_hash


def test_a_template_escapes_and_refuses_what_it_is_not_given(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>{{ words }}</p>", "utf-8")
    template = page_environment(tmp_path).get_template("page.html")
    assert template.render(words="<b>") == "<p>&lt;b&gt;</p>"
    with pytest.raises(UndefinedError):
        template.render()


def test_policy_names_the_style_sheet_by_its_sha256() -> None:
    assert policy_hash("") == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


def test_text_cannot_end_a_string_or_the_style_sheet() -> None:
    assert css_string("</style>'\\") == "'\\3c \\2f style\\3e \\27 \\5c '"


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_common_style_has_the_palette(scheme: dict[str, str]) -> None:
    style = common_style()
    used = [name for name in scheme if f"var(--{name})" in style]
    assert {name: f"--{name}: {scheme[name]};" in style for name in used} == dict.fromkeys(used, True)
