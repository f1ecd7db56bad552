"""Words of a release that somebody wrote into it: whatever they are, the page fetches nothing and runs nothing."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kuule.publishing.render.report_html import report_html
from kuule.publishing.view.release_view import release_report_view
from kuule.releases.release_folder import read_release
from kuule.releases.strict_json import compact_json
from tests.releases.small_release import written

FORGED = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[here](javascript:alert(1))",
    "![x](https://elsewhere.example/x.png)",
    "</style><style>@import 'https://elsewhere.example/x.css'</style>",
    "<iframe src='https://elsewhere.example'></iframe>",
)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def replace_texts(value: object, forged: str, key: str = "") -> object:
    """Every text that people read, replaced; names, states and languages stay."""
    if isinstance(value, dict):
        return {name: replace_texts(each, forged, name) for name, each in value.items()}
    if isinstance(value, list):
        return [replace_texts(each, forged, key) for each in value]
    kept = {"tag", "state", "origin", "opening_state", "country", "colour", "colour_dark", "items", "ordered_cuts"}
    return value if not isinstance(value, str) or key in kept else forged


@pytest.mark.parametrize("forged", FORGED)
def test_forged_words_run_nothing_and_fetch_nothing(tmp_path: Path, forged: str) -> None:
    written(tmp_path / "r")
    file = tmp_path / "r" / "texts.json"
    content = json.loads(file.read_bytes())
    figure = "```figure\nquestion: told\nby: land\nnote: {}\n```\n"
    changed = replace_texts(content, forged)
    changed["text"] = f"# {forged}\n\n{forged}\n\n{figure.format(forged)}"
    file.write_bytes(compact_json(changed))
    release = read_release(tmp_path / "r").release
    for tag in release.wordings:
        tags = _Tags()
        tags.feed(report_html(release_report_view(release, tag)))
        assert "h1" in {name for name, _ in tags.found}
        assert {name for name, _ in tags.found}.isdisjoint({"script", "iframe", "object", "embed", "form", "base"})
        for name, attributes in tags.found:
            assert not any(each.startswith("on") for each in attributes), name
            for attribute in ("src", "href", "srcset", "action"):
                value = (attributes.get(attribute) or "").strip().lower()
                assert not value.startswith(("javascript:", "vbscript:")), name
            if name == "img":
                assert (attributes.get("src") or "").startswith("data:image/png")
        assert sum(name == "style" for name, _ in tags.found) == 1
