"""Who was asked, from what was answered before: the routes that an intruder reads in the questionnaire."""

from __future__ import annotations

import polars as pl

from kuule.analysis.axes import Axis
from kuule.analysis.routes import routes_of
from kuule.tables.result import Route


def axis(name: str, *codes: str) -> Axis:
    return Axis(codes, pl.col(name), {})


def frame(rows: list[tuple[str | None, str | None, str | None, str | None]]) -> pl.LazyFrame:
    return pl.LazyFrame(
        rows, schema=dict.fromkeys(("told", "told:missing", "when", "when:missing"), pl.String), orient="row"
    )


YES = ("yes", None, "soon", None)
YES_PASSED = ("yes", None, None, "passed_over")
NO = ("no", None, None, "not_asked")
SILENT = (None, "passed_over", None, "not_asked")
ITEMS = {"told": axis("told", "yes", "no"), "when": axis("when", "soon", "late")}


def test_routes_tell_which_answers_lead_to_a_question():
    assert routes_of(frame([YES, YES_PASSED, NO, SILENT]), ITEMS) == {
        "told": (),
        "when": (Route("told", ("yes",), (), ("@passed_over", "no")),),
    }


def test_routes_tell_which_answers_lead_there_for_some():
    another_way = ("yes", None, None, "not_asked")
    assert routes_of(frame([YES, another_way, NO]), ITEMS)["when"] == (Route("told", (), ("yes",), ("no",)),)


def test_routes_of_a_question_that_everyone_was_asked_are_none():
    assert routes_of(frame([YES, YES_PASSED, ("no", None, "late", None)]), ITEMS)["when"] == ()


def test_routes_from_several_answers_are_by_each_answer():
    rows = [
        (True, False, None, "soon", None),
        (False, True, None, None, "not_asked"),
        (None, None, "passed_over", None, "not_asked"),
    ]
    schema = {
        "who/a": pl.Boolean,
        "who/b": pl.Boolean,
        "who:missing": pl.String,
        "when": pl.String,
        "when:missing": pl.String,
    }
    flags = {code: pl.col(f"who/{code}").fill_null(value=False) for code in ("a", "b")}
    items = {"who": Axis(("a", "b"), None, flags), "when": ITEMS["when"]}
    found = routes_of(pl.LazyFrame(rows, schema=schema, orient="row"), items)["when"]
    assert found == (
        Route("who", (), ("@answered",), ("@passed_over",)),
        Route("who", ("a",), (), ("",)),
        Route("who", (), ("",), ("b",)),
    )
