"""A template is compiled by one process of a session, and is the same in all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment

from tests.loaded.compiled import COMPILED, Uncached, compiled_once

TEXT = "{% if who %}<p>{{ who }}</p>{% endif %}"


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What was compiled, by its text."""
    found: list[str] = []

    def compile_now(self: Environment, source: str, *rest: Any) -> Any:
        found.append(source)
        return Uncached.compile(self, source, *rest)

    monkeypatch.setattr(Environment, "compile", compile_now)
    monkeypatch.setenv(COMPILED, str(tmp_path))
    return found


def filled(monkeypatch: pytest.MonkeyPatch, text: str = TEXT, **options: Any) -> str:
    """The template in a process that has compiled nothing yet."""
    anew = Environment.compile
    with monkeypatch.context() as patch:
        patch.setattr(Environment, "compile", compiled_once())
        page = Environment(loader=DictLoader({"page": text}), **options).get_template("page").render(who="a & b")
    assert Environment.compile is anew
    return page


def test_the_second_process_takes_what_the_first_compiled(count: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert [filled(monkeypatch, autoescape=True) for _ in range(2)] == ["<p>a &amp; b</p>"] * 2
    assert count == [TEXT]


def test_another_text_or_another_way_is_compiled_anew(count: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert filled(monkeypatch, autoescape=True) == "<p>a &amp; b</p>"
    assert filled(monkeypatch, autoescape=False) == "<p>a & b</p>"
    assert filled(monkeypatch, f"{TEXT}.", autoescape=True) == "<p>a &amp; b</p>."
    assert filled(monkeypatch, autoescape=True, extensions=["jinja2.ext.do"]) == "<p>a &amp; b</p>"
    assert count == [TEXT, TEXT, f"{TEXT}.", TEXT]


def test_without_a_folder_each_process_compiles(count: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(COMPILED)
    assert [filled(monkeypatch) for _ in range(2)] == ["<p>a & b</p>"] * 2
    assert count == [TEXT, TEXT]


def test_task_whose_environment_does_not_name_the_folder_takes_what_is_in_it(
    count: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _process in range(2):
        with monkeypatch.context() as patch:
            patch.setattr(Environment, "compile", compiled_once())
            patch.delenv(COMPILED)
            Environment(loader=DictLoader({"page": TEXT})).get_template("page")
    assert count == [TEXT]
