"""Each target for a moment, with inputs bent at random; `make fuzz` goes on for longer, guided by coverage."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from tests.fuzz import __main__ as fuzz
from tests.fuzz import targets
from tests.fuzz.mutations import bent

INPUTS = {"token": 2000, "visit": 2000, "envelope": 1000, "code": 2000, "register": 1000, "form": 150, "code_form": 100}


@pytest.fixture(autouse=True, scope="module")
def _site_goes() -> Iterator[None]:
    yield
    targets.forget_site()
    connections.close_all()


@pytest.mark.parametrize("name", sorted(targets.TARGETS))
def test_target_holds_for_what_is_bent_at_random(name: str) -> None:
    chance = random.Random(f"kuule {name}")
    for _ in range(INPUTS[name]):
        targets.TARGETS[name](bent(targets.seeds(name), chance))


@pytest.mark.parametrize("name", sorted(targets.TARGETS))
def test_target_takes_what_is_right(name: str) -> None:
    for seed in targets.seeds(name):
        targets.TARGETS[name](seed)


def test_target_that_breaks_is_found_and_its_input_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fragile(data: bytes) -> None:
        assert b"&" not in data, "an ampersand"

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(fuzz, "find_spec", lambda name: None)
    monkeypatch.setitem(targets.TARGETS, "code", fragile)  # type: ignore[arg-type]  # a dict, said to be read only
    assert fuzz.main(["code", "20"]) == 1
    assert b"&" in (tmp_path / "fuzz-code.broken").read_bytes()


def test_unknown_target_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzz.main(["nothing"]) == 2
    assert "token" in capsys.readouterr().err
