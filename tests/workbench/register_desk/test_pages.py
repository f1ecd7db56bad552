"""The register's pages over HTTP: from an open cell to a confirmed value, a disagreement and its decision."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kuule.register.writing.part_files import write_part
from tests.register.made_registers import made_file, made_value
from tests.workbench.accounts_file import asked
from tests.workbench.register_desk.coders import AGE, FILLED, LIMITATION, REPORTING, value_of, values_of
from tests.workbench.translation_desk.partners import plain

CELL = f"FI/{LIMITATION}"
ARABIC = "لا تسقط الجريمة بالتقادم"
HOSTILE = "</textarea><script>top.hurt = 1</script>\n  confirmed_by: lead\n- {id: v9} &a *a !!x =1+1"


def filled(**more):
    """The form of a value, read today."""
    return FILLED | {"read_on": datetime.now(UTC).date().isoformat()} | more


def last_entry(desk):
    [found] = asked(desk.site, 'SELECT who, what, "on" FROM workbench_entry ORDER BY id DESC LIMIT 1')
    return found


def test_a_coder_begins_with_their_countries_and_what_comes_next(desk):
    page = plain(desk.first.visitor.get("/"))
    assert "Register of law" in page
    assert "Finland FI 2 open 0 contradicted 1 to be confirmed 0 due Confirm" in page
    assert "Sweden SE 2 open 1 contradicted" in page
    assert "Languages" not in page
    swede = desk.swede.visitor.get("/").text
    assert ("Sweden" in swede, "Finland" in swede) == (True, False)


def test_a_country_lists_its_cells_by_topic_and_by_what_they_wait_for(desk):
    page = plain(desk.first.opens("FI"))
    assert page.index("Time limits for reporting") < page.index("Age of consent") < page.index("Duty to report")
    waiting = plain(desk.first.opens("FI?show=mine"))
    assert ("Time limits for reporting" in waiting, "Age of consent" in waiting) == (True, False)
    contradicted = plain(desk.first.opens("SE?show=contradicted"))
    assert ("contradicted" in contradicted, "Age of consent" in contradicted) == (True, False)


def test_a_cell_shows_all_values_side_by_side_and_calls_no_report_law(desk):
    page = plain(desk.first.opens(f"SE/{LIMITATION}"))
    assert "These cannot both be right: v1 and v2 differ on whether there is a time limit" in page
    assert ("The law says:" in page, "According to the press:" in page) == (True, True)
    assert "confirmed by nobody" in page


def test_a_value_goes_from_the_form_to_the_file_and_to_a_second_person(desk):
    reply = desk.first.does(CELL, "propose", **filled())
    assert (reply.status, reply.to) == (302, f"/register/{CELL}")
    assert "Your value is saved" in desk.first.visitor.follow(reply).text
    assert last_entry(desk)[1:] == ("proposed a value", f"FI {LIMITATION} v2")
    value = value_of(desk.folder, "v2")
    assert (value.coded_by, value.confirmed_by, value.says) == ("coder-1", None, FILLED["says"])
    assert "confirm v2" not in plain(desk.first.opens(CELL))
    assert desk.second.does(CELL, "confirm", value="v2").status == 302
    assert value_of(desk.folder, "v2").confirmed_by == "coder-2"
    assert "confirmed by coder-2" in plain(desk.first.opens(CELL))


def test_proposer_does_not_confirm_even_if_the_button_is_made_up(desk):
    desk.first.does(CELL, "propose", **filled())
    reply = desk.first.does(CELL, "confirm", value="v2")
    assert (reply.status, "confirmed by somebody else than the one who coded it" in reply.text) == (409, True)
    assert value_of(desk.folder, "v2").confirmed_by is None


def test_a_disagreement_is_a_state_until_a_coordinator_decides(desk):
    desk.first.does(CELL, "propose", **filled())
    reply = desk.second.does(CELL, "disagree", value="v2", why="")
    assert (reply.status, "Please say why." in reply.text) == (422, True)
    assert desk.second.does(CELL, "disagree", value="v2", why="Section 2 says thirty.").status == 302
    page = plain(desk.first.opens(CELL))
    assert ("somebody disagrees" in page, "coder-2 disagrees" in page, "Section 2 says thirty." in page) == (True,) * 3
    assert "somebody disagrees" in plain(desk.first.opens("FI"))
    chosen = {"verdict-v1": "reject", "verdict-v2": "keep"}
    assert desk.coordinator.does(CELL, "decide", **chosen).status == 422
    assert desk.coordinator.does(CELL, "decide", why="The section was read again.", **chosen).status == 302
    assert last_entry(desk)[1:] == ("decided between values", f"FI {LIMITATION} +v2 -v1")
    page = plain(desk.first.opens(CELL))
    assert ("coordinator: keeps v2, rejects v1" in page, "rejected" in page, "Section 2 says thirty." in page) == (
        True, True, True,
    )  # fmt: skip
    read = values_of(desk.folder)
    assert (read.decisions[0].by, [one.id for one in read.values]) == ("coordinator", ["v1", "v2"])


def test_what_does_not_fit_is_said_beside_its_field_and_everything_typed_stays(desk):
    reply = desk.first.does(
        CELL, "propose", **filled(says=ARABIC, source_address="finlex", confidence="", answer_years="twenty")
    )
    assert reply.status == 422
    for said in (
        "An address begins with https:// or http:// and has no spaces.",
        "Please write a number, without words; several with commas.",
        "Please fill this in.",
    ):
        assert said in reply.text
    for typed in (ARABIC, "finlex", "twenty", FILLED["source_article"]):
        assert typed in reply.text
    assert '<option value="fixed-years" selected>' in reply.text
    assert [one.id for one in values_of(desk.folder).values] == ["v1"]


def test_of_two_at_one_cell_the_second_sees_it_and_loses_nothing_typed(desk):
    page = desk.second.opens(CELL)
    desk.first.does(CELL, "propose", **filled())
    reply = desk.second.posts(CELL, page, "propose", **filled(says="Something else entirely."))
    assert (reply.status, "Somebody else changed this while you were writing" in reply.text) == (409, True)
    assert ("Something else entirely." in reply.text, FILLED["says"] in reply.text) == (True, True)
    assert desk.second.posts(CELL, reply, "propose", **filled(says="Something else entirely.")).status == 302
    assert [one.coded_by for one in values_of(desk.folder).values] == ["draft", "coder-1", "coder-2"]


def test_a_reason_that_meets_a_change_stays_in_its_field(desk):
    page = desk.second.opens(CELL)
    desk.first.does(CELL, "propose", **filled())
    reply = desk.second.posts(CELL, page, "disagree", value="v1", why="Because of section 9.")
    assert (reply.status, reply.text.count("Because of section 9.") >= 1) == (409, True)
    assert not value_of(desk.folder, "v1").disagreements


def test_own_value_is_changed_until_somebody_confirms_it(desk):
    desk.first.does(CELL, "propose", **filled())
    form = desk.first.opens(f"{CELL}?change=v2")
    assert ("Change v2" in form.text, FILLED["says"] in form.text) == (True, True)
    assert desk.first.posts(CELL, form, "change", value="v2", **filled(says="Thirty years.")).status == 302
    assert value_of(desk.folder, "v2").says == "Thirty years."
    desk.second.does(CELL, "confirm", value="v2")
    late = desk.first.does(CELL, "change", value="v2", **filled(says="Forty years."))
    assert (late.status, "Forty years." in late.text) == (409, True)
    assert value_of(desk.folder, "v2").says == "Thirty years."


def test_a_due_value_is_looked_at_again(desk):
    write_part(desk.folder, made_file(made_value(read_on="2025-01-01", next_review="2025-06-01")))
    assert "due" in plain(desk.first.opens("FI?show=due"))
    assert desk.first.does(CELL, "holds", value="v1").status == 302
    value = value_of(desk.folder, "v1")
    assert (value.checked_on, value.is_due(datetime.now(UTC).date())) == (datetime.now(UTC).date(), False)


@pytest.mark.parametrize("provision", [AGE, REPORTING])
def test_forms_follow_the_kind_of_the_provision(desk, provision):
    page = desk.first.opens(f"FI/{provision}")
    assert ('name="answer_age"' in page.text, 'name="answer_choice"' in page.text) == (
        provision == AGE,
        provision == REPORTING,
    )
    answer = {"answer_age": "16"} if provision == AGE else {"answer_choice": "none"}
    base = {name: text for name, text in filled().items() if not name.startswith("answer_")}
    assert desk.first.posts(f"FI/{provision}", page, "propose", **base, **answer).status == 302
    assert values_of(desk.folder, "FI", provision).values[0].answer is not None


def test_hostile_and_arabic_words_are_words(desk):
    assert desk.first.does(CELL, "propose", **filled(says=HOSTILE, notes=ARABIC, source_article=HOSTILE)).status == 302
    value = value_of(desk.folder, "v2")
    assert (value.says, value.notes, value.confirmed_by) == (HOSTILE, ARABIC, None)
    assert value.source.article == " ".join(HOSTILE.split())
    page = desk.second.opens(CELL)
    assert ("<script>" in page.body.decode(), HOSTILE.split("\n")[0] in page.text, ARABIC in page.text) == (
        False, True, True,
    )  # fmt: skip


def test_what_is_huge_is_refused_and_named(desk):
    reply = desk.first.does(CELL, "propose", **filled(says="x" * 20_000))
    assert (reply.status, "Please use up to 2,000 characters; here are 20,000." in reply.text) == (422, True)
    assert "x" * 20_000 in reply.text
    assert desk.first.does(CELL, "propose", **filled(says="x" * 2_000_000)).status == 400
    assert desk.first.opens(CELL).status == 200


def test_a_register_that_cannot_be_read_is_said_and_what_was_typed_is_shown(desk):
    page = desk.first.opens(CELL)
    broken = desk.folder / "countries" / "SE" / f"{LIMITATION}.yaml"
    broken.write_text("country: [", "utf-8")
    reply = desk.first.posts(CELL, page, "propose", **filled(says="Not to be lost."))
    assert (reply.status, "REGISTER_001" in reply.text, "Not to be lost." in reply.text) == (503, True, True)
    home = desk.first.visitor.get("/")
    assert (home.status, "can't be read right now" in home.text) == (200, True)
    assert desk.site.lead.get("/").status == 200


def test_a_session_that_ended_shows_what_was_typed(desk):
    visitor = desk.site.visitor()
    visitor.get("/sign-in")
    reply = visitor.post(f"/register/{CELL}", {"go": "propose", **filled(says="Not to be lost.")})
    assert (reply.status, "Not to be lost." in reply.text) == (401, True)


def test_cells_and_countries_that_are_not_there_have_no_page(desk):
    for where in ("XX", "FI/nothing", "XX/limitation", "fi", "rounds/none", "FI/limitation/more", "FI/..%2fSE"):
        assert desk.lead.opens(where).status == 404, where
    assert desk.first.does(CELL, "nothing").status == 404


def test_another_country_is_closed(desk):
    for where in ("FI", CELL):
        assert desk.swede.opens(where).status == 403
    desk.swede.opens(f"SE/{LIMITATION}")
    for go in ("propose", "change", "confirm", "disagree", "holds", "decide"):
        reply = desk.swede.visitor.post(f"/register/{CELL}", {"go": go, "value": "v1", "why": "x", **filled()})
        assert reply.status == 403
    assert values_of(desk.folder).values == (value_of(desk.folder, "v1"),)


@pytest.mark.parametrize(
    ("who", "refused"),
    [
        ("first", {"decide"}),
        ("coordinator", {"propose", "change", "confirm", "disagree", "holds"}),
        ("viewer", {"propose", "change", "confirm", "disagree", "holds", "decide"}),
        ("lead", set()),
    ],
)
def test_each_button_is_for_roles_that_have_it(desk, who, refused):
    one = getattr(desk, who)
    found = set()
    for go in ("propose", "change", "confirm", "disagree", "holds", "decide"):
        one.visitor.get("/account")
        if one.visitor.post(f"/register/{CELL}", {"go": go, "value": "v9", "mark": "x"}).status == 403:
            found.add(go)
    assert found == refused
    assert [one.id for one in values_of(desk.folder).values] == ["v1"]


def test_a_role_without_the_register_sees_no_way_to_it(desk):
    page = desk.viewer.visitor.get("/").text
    assert ("/register/" in page, "Register" in page) == (False, False)
    assert desk.viewer.opens("").status == 403


def test_a_report_that_is_worded_as_law_is_refused_beside_its_field(desk):
    reply = desk.first.does(CELL, "propose", **filled(source_kind="press", says="The law says twenty years."))
    assert (reply.status, "A rule of the register does not accept it" in reply.text) == (422, True)
    assert "'The law says' makes a law of what a source of the kind press says" in reply.text
    assert 'id="says-wrong"' in reply.text


def test_words_of_a_dispute_that_leave_no_room_are_not_lost(desk):
    write_part(desk.folder, values_of(desk.folder).model_copy(update={"dispute": ("word " * 398).strip()}))
    chosen = {"verdict-v1": "keep", "ends_dispute": "yes", "why": "The statute says so."}
    reply = desk.coordinator.does(CELL, "decide", **chosen)
    assert (reply.status, "leave no room beside them" in reply.text) == (422, True)
    assert "The statute says so." in reply.text
    assert values_of(desk.folder).dispute


def test_a_register_that_is_gone_is_said_on_every_page_that_needs_it(desk):
    settings = desk.folder / "register.yaml"
    kept = settings.read_bytes()
    settings.unlink()
    try:
        for path in ("/register/", "/people"):
            reply = desk.lead.visitor.get(path)
            assert (reply.status, "REGISTER_00" in reply.text) == (503, True), path
        assert desk.lead.visitor.get("/").status == 200
    finally:
        settings.write_bytes(kept)
