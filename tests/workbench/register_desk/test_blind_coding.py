"""A round of blind coding: who codes sees nothing of others until it is closed, and then everything is in the files."""

from __future__ import annotations

import json

import pytest

from kuule.register.reading.register_folder import read_register
from tests.workbench.accounts_file import asked
from tests.workbench.register_desk.coders import AGE, FILLED, LIMITATION, values_of
from tests.workbench.translation_desk.partners import plain

ROUND, CELL = "limits-2026", f"FI/{LIMITATION}"
UNIT = f"rounds/{ROUND}/{CELL}"
NO_LIMIT = {"status": "in-force", "offences": "all", "answer_form": "none", "address": "https://finlex.example.org/a"}
TWENTY = NO_LIMIT | {"answer_form": "fixed-years", "answer_years": "20", "article": "section nineteen"}
SAYS = "No time limit for the gravest."
"""What the register has on Finland already."""


@pytest.fixture
def opened(desk):
    """A round on time limits in Finland."""
    reply = desk.coordinator.does("rounds", "", id=ROUND, provision=LIMITATION, country="FI")
    assert (reply.status, reply.to) == (302, f"/register/rounds/{ROUND}")
    return desk


def test_a_round_is_opened_by_who_runs_the_study_alone(desk):
    assert desk.first.does("rounds", "", id=ROUND, provision=LIMITATION, country="FI").status == 403
    assert desk.viewer.visitor.get("/register/rounds").status == 403
    for wrong in (
        {"id": "A b"},
        {"id": "../x"},
        {"id": "x", "provision": "none"},
        {"id": "x", "country": "XX"},
        {"id": ""},
    ):
        fields = {"id": ROUND, "provision": LIMITATION, "country": "FI"} | wrong
        assert desk.coordinator.does("rounds", "", **fields).status == 422
    assert not list(desk.site.data.glob("register-rounds/*/"))


def test_a_name_is_given_once(opened):
    reply = opened.coordinator.does("rounds", "", id=ROUND, provision=AGE, country="SE")
    assert (reply.status, "There is a round of that name already." in reply.text) == (422, True)


def test_what_an_open_round_has_is_in_no_other(opened):
    reply = opened.coordinator.does("rounds", "", id="other", provision=[LIMITATION, AGE], country=["FI", "SE"])
    assert (reply.status, f"The round {ROUND}, which is open, codes some of this already" in reply.text) == (422, True)
    assert opened.coordinator.does("rounds", "", id="other", provision=AGE, country="FI").status == 302


def test_while_it_is_open_a_coder_sees_no_value_of_its_cells_anywhere(opened):
    assert opened.first.does(UNIT, "code", **TWENTY).status == 302
    for where in (
        "",
        "FI",
        "FI?show=confirm",
        "FI?show=mine",
        CELL,
        f"{CELL}?change=v1",
        "rounds",
        f"rounds/{ROUND}",
        UNIT,
    ):
        page = opened.second.opens(where)
        assert page.status == 200, where
        for secret in (SAYS, "section nineteen", "coder-1", "https://example.org/act"):
            assert secret not in page.text, (where, secret)
    assert "coded blind now" in plain(opened.second.opens("FI"))
    assert "0 to be confirmed" in plain(opened.second.visitor.get("/")).partition("Sweden")[0]
    seen = opened.coordinator.opens(CELL).text
    assert SAYS in seen


def test_while_it_is_open_nothing_of_its_cells_is_changed_by_coders_and_what_was_typed_is_shown(opened):
    opened.first.opens("FI")
    for go in ("propose", "confirm", "disagree", "holds"):
        fields = FILLED | {"value": "v1", "why": "Not to be lost.", "says": "Typed for long."}
        reply = opened.first.visitor.post(f"/register/{CELL}", {"go": go, "mark": "", **fields})
        assert (reply.status, "Not to be lost." in reply.text, "Typed for long." in reply.text) == (409, True, True)
        assert SAYS not in reply.text
    assert [one.id for one in values_of(opened.folder).values] == ["v1"]


def test_codings_lie_apart_from_the_register_until_it_is_closed(opened):
    opened.first.does(UNIT, "code", **TWENTY)
    assert not (opened.folder / "codings").exists()
    file = opened.site.data / "register-rounds" / ROUND / "coder-1.json"
    assert json.loads(file.read_text("utf-8"))["codings"][0]["article"] == "section nineteen"
    assert file.stat().st_mode & 0o077 == 0
    progress = plain(opened.coordinator.opens(f"rounds/{ROUND}"))
    assert ("coder-1: 1 of 1" in progress, "section nineteen" in progress) == (True, False)


def test_own_coding_is_changed_and_taken_back(opened):
    opened.first.does(UNIT, "code", **TWENTY)
    page = opened.first.opens(f"{UNIT}?part=all")
    assert "section nineteen" in page.text
    assert opened.first.posts(UNIT, page, "code", **NO_LIMIT).status == 302
    assert "section nineteen" not in opened.first.opens(f"{UNIT}?part=all").text
    gravest = NO_LIMIT | {"offences": "gravest"}
    assert opened.first.does(UNIT, "code", **gravest).status == 302
    assert plain(opened.first.opens(UNIT)).count("Delete it") == 2
    assert opened.first.does(UNIT, "remove,gravest").status == 302
    assert plain(opened.first.opens(UNIT)).count("Delete it") == 1


def test_two_windows_of_one_coder_lose_nothing(opened):
    page = opened.first.opens(UNIT)
    opened.first.does(UNIT, "code", **(NO_LIMIT | {"offences": "gravest"}))
    reply = opened.first.posts(UNIT, page, "code", **TWENTY)
    assert (reply.status, "section nineteen" in reply.text) == (409, True)
    assert opened.first.posts(UNIT, reply, "code", **TWENTY).status == 302


def test_what_does_not_fit_a_coding_is_said_and_stays(opened):
    reply = opened.first.does(UNIT, "code", **(TWENTY | {"address": "finlex", "answer_years": "many"}))
    assert (reply.status, "section nineteen" in reply.text, "many" in reply.text) == (422, True, True)
    assert "An address begins with" in reply.text


def test_once_it_is_closed_everybody_sees_what_was_coded_and_how_far_they_agree(opened):
    opened.first.does(UNIT, "code", **TWENTY)
    opened.second.does(UNIT, "code", **NO_LIMIT)
    assert opened.first.does(f"rounds/{ROUND}", "").status == 403
    assert opened.coordinator.does(f"rounds/{ROUND}", "").status == 302
    page = plain(opened.first.opens(f"rounds/{ROUND}"))
    assert "Time limits for reporting 1 coded twice 1 differ 100 % unsettled form (1), years (1)" in page
    assert ("coder-2" in page, "section nineteen" in page, "they differ" in page) == (True, True, True)
    files = read_register(opened.folder).register.codings
    assert [(one.round, one.coder, len(one.codings)) for one in files] == [(ROUND, "coder-1", 1), (ROUND, "coder-2", 1)]
    assert SAYS in opened.first.opens(CELL).text
    entries = asked(opened.site, "SELECT what FROM workbench_entry ORDER BY id DESC LIMIT 3")
    assert [what for (what,) in entries] == ["closed a round of blind coding", "coded blind", "coded blind"]


def test_codings_of_an_earlier_round_are_hidden_while_the_same_is_coded_again(opened):
    opened.first.does(UNIT, "code", **TWENTY)
    opened.coordinator.does(f"rounds/{ROUND}", "")
    assert "section nineteen" in opened.second.opens(f"rounds/{ROUND}").text
    opened.coordinator.does("rounds", "", id="again", provision=LIMITATION, country="FI")
    for where in (f"rounds/{ROUND}", "rounds/again", CELL, f"rounds/again/{CELL}"):
        assert "section nineteen" not in opened.second.opens(where).text, where
    assert "section nineteen" in opened.coordinator.opens(f"rounds/{ROUND}").text


def test_after_it_is_closed_nothing_more_is_coded_and_what_was_typed_is_shown(opened):
    page = opened.first.opens(UNIT)
    opened.coordinator.does(f"rounds/{ROUND}", "")
    reply = opened.first.posts(UNIT, page, "code", **TWENTY)
    assert (reply.status, "The round was closed meanwhile" in reply.text, "section nineteen" in reply.text) == (
        409, True, True,
    )  # fmt: skip
    assert not (opened.folder / "codings").exists()
    assert opened.first.opens(UNIT).to == f"/register/rounds/{ROUND}"


def test_coders_of_other_countries_and_other_questions_go_on_as_before(opened):
    assert opened.swede.opens(f"rounds/{ROUND}").status == 403
    assert opened.swede.opens(UNIT).status == 403
    assert opened.swede.visitor.post(f"/register/{UNIT}", {"go": "code", **NO_LIMIT}).status == 403
    assert opened.first.opens(f"FI/{AGE}").status == 200
    assert "v1" in plain(opened.swede.opens(f"SE/{LIMITATION}"))


@pytest.mark.parametrize("who", ["coordinator", "lead", "viewer"])
def test_who_sees_the_values_does_not_code_blind(opened, who):
    one = getattr(opened, who)
    assert one.opens(UNIT).status == 403
    one.visitor.get("/account")
    assert one.visitor.post(f"/register/{UNIT}", {"go": "code", **NO_LIMIT}).status == 403


def test_a_round_that_does_not_ask_a_question_has_no_page_for_it(opened):
    for where in (
        f"rounds/{ROUND}/FI/{AGE}",
        f"rounds/{ROUND}/SE/{LIMITATION}",
        f"rounds/none/{CELL}",
        f"rounds/{ROUND}/XX/x",
    ):
        assert opened.first.opens(where).status in {403, 404}, where


def test_a_damaged_round_is_said_in_words(opened):
    (opened.site.data / "register-rounds" / ROUND / "round.json").write_text("{", "utf-8")
    reply = opened.first.opens("")
    assert (reply.status, "REGISTER_051" in reply.text) == (503, True)
    home = opened.lead.visitor.get("/")
    assert (home.status, "REGISTER_051" in home.text, "svenska" in home.text) == (200, True, True)
