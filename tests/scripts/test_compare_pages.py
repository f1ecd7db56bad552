"""The script that holds the pages of two trees to each other, and the walks by which it sees them."""

from __future__ import annotations

import importlib
import tarfile
from pathlib import Path
from types import ModuleType

import pytest

from tests.outside.browsing import Seen
from tests.outside.trees import ROOT


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return importlib.import_module("compare_pages")


def seen(body: str, *head: tuple[str, str]) -> Seen:
    return Seen("/en", 200, (("content-type", "text/html"), *head), body.encode())


def test_what_is_by_chance_is_put_away_for_its_length(script: ModuleType) -> None:
    page = '<input type="hidden" name="token" value="{}"><bdi dir="ltr">{}</bdi><input value="{}">{}'
    cookie = ("set-cookie", "session={}; Max-Age=1; HttpOnly")
    one, two, longer = (
        script.steady(
            seen(page.format(token, code, code.replace(" ", ""), "words"), (cookie[0], cookie[1].format(code)))
        )
        for token, code in (
            ("abc", "1111 2222 3333 4444 5555"),
            ("xyz", "5555 4444 3333 2222 1111"),
            ("long", "1111 2222 3333 4444 5555"),
        )
    )
    assert one == two
    assert one != longer
    assert b"set-cookie: session= Max-Age=1; HttpOnly" in one


@pytest.mark.parametrize(
    "other",
    [
        seen("<p>One word.</p>"),
        seen("<p>A  word.</p>"),
        seen("<p>A word.</p>", ("cache-control", "no-store")),
        Seen("/en", 404, (("content-type", "text/html"),), b"<p>A word.</p>"),
    ],
    ids=["word", "space", "head", "status"],
)
def test_page_that_differs_is_told_by_its_label_and_its_line(script: ModuleType, other: Seen) -> None:
    before = script.steady(seen("<p>A word.</p>"))
    [told] = script.differences({"welcome": before}, {"welcome": script.steady(other)})
    assert told.startswith("welcome:\n  @@ ")
    assert list(script.differences({"welcome": before}, {"welcome": before})) == []


def test_page_that_only_one_tree_has_is_told(script: ModuleType) -> None:
    assert list(script.differences({"a": b""}, {"b": b""})) == ["a: only before", "b: only now"]


def test_long_difference_is_cut(script: ModuleType) -> None:
    old, new = ("\n".join(f"{word} {number}" for number in range(40)).encode() for word in ("old", "new"))
    [told] = script.differences({"a": old}, {"a": new})
    assert told.splitlines()[-1] == "  … 69 lines more"


@pytest.mark.whole
def test_tree_is_like_itself(script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A small study in one language: whole visits, refusals, breaks."""
    with tarfile.open(script.KEPT) as archive:
        archive.extractall(tmp_path, filter="data")
    given = ["--only", "survey", "--study", str(tmp_path / "before_rooms/study"), "--language", "sv"]
    assert script.main([str(ROOT), str(ROOT), *given]) == 0
    pages = int(capsys.readouterr().out.partition("survey: ")[2].partition(" ")[0])
    assert pages > 100
