"""The services that help at the lead's desk: each is a form, and its row alone changes in the file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from tests.workbench.study_desk.conftest import LeadDesk
from tests.workbench.workbench_for_tests import Reply

LIST, FORM = "/study/help", "/study/help/service"
HEADER = "country,name,kind,phone,hours,note\r\n"
BRIS = 'SE,Bris,child,116 111,24/7,"a note, over\r\ntwo lines"\r\n'
WHOLE = {
    "country": "SE", "name": "Terrafem", "kind": "violence", "gender": "women", "phone": "020 52 10 10", "url": "",
    "languages": "uk", "hours": "Mon-Fri 09:00-16:30", "checked_by": "a coordinator", "checked_on": "2026-11-20",
}  # fmt: skip


def written(desk: LeadDesk, text: str) -> None:
    (desk.site.study / "support.csv").write_bytes(text.encode())


def file(desk: LeadDesk) -> str:
    return (desk.site.study / "support.csv").read_bytes().decode()


def at(country: str, name: str) -> str:
    return f"{FORM}?{urlencode({'country': country, 'name': name})}"


def sends(desk: LeadDesk, address: str, fields: Mapping[str, str | Sequence[str]], page: Reply | None = None) -> Reply:
    shown = page or desk.lead.get(address)
    seen = re.search(r'name="seen" value="([0-9a-f]*)"', shown.text)
    assert seen, shown.text
    return desk.lead.post(address, {**fields, "seen": seen[1]})


def test_service_is_added_and_the_other_lines_stay_to_the_byte(desk: LeadDesk) -> None:
    written(desk, HEADER + BRIS)
    reply = sends(desk, FORM, {**WHOLE, "language": ["sv", "en"]})
    assert reply.to == f"{LIST}?taken=yes"
    assert file(desk) == (
        "country,name,kind,phone,hours,note,languages,checked_by,checked_on,gender\r\n"
        + BRIS
        + "SE,Terrafem,violence,020 52 10 10,Mon-Fri 09:00-16:30,,sv en uk,a coordinator,2026-11-20,women\r\n"
    )
    page = desk.lead.follow(reply).text
    assert ("Terrafem" in page, "checked on 20 November 2026" in page, "Bris" in page) == (True, True, True)
    assert "STUDY_20" not in page
    assert desk.trail[0] == "changed a file"


def test_service_is_changed_and_taken_out(desk: LeadDesk) -> None:
    other = "FI,Nollalinja,violence,080 005 005,,\r\n"
    written(desk, HEADER + BRIS + other)
    fields = {"country": "SE", "name": "Bris", "kind": "child", "phone": "116 111; SMS 116 111", "hours": "24/7"}
    assert sends(desk, at("SE", "Bris"), fields).to
    assert file(desk) == HEADER + BRIS.replace("116 111", "116 111; SMS 116 111") + other
    assert sends(desk, at("SE", "Bris"), {**fields, "go": "remove"}).to
    assert file(desk) == HEADER + other


def test_what_does_not_fit_is_said_at_its_field_and_stays_typed(desk: LeadDesk) -> None:
    written(desk, HEADER + BRIS)
    before = file(desk)
    wrong = {
        **WHOLE, "country": "", "name": " bris ", "kind": "x", "phone": "call us", "url": "", "languages": "svenska!",
        "checked_on": "2099-01-01",
    }  # fmt: skip
    reply = sends(desk, FORM, wrong)
    said = dict(re.findall(r'<p class="again" id="(\w+)-wrong">(.*?)</p>', reply.text))
    assert (reply.status, sorted(said)) == (400, ["checked_on", "country", "kind", "languages", "phone"])
    assert 'value="call us"' in reply.text
    twice = sends(desk, FORM, {**WHOLE, "name": "BRIS"})
    assert (twice.status, "of this name in this country already" in twice.text) == (400, True)
    half = sends(desk, FORM, {**WHOLE, "checked_by": "", "url": "javascript:alert(1)"})
    assert re.findall(r'id="(\w+)-wrong"', half.text) == ["url", "checked_by"]
    person = sends(desk, FORM, {**WHOLE, "checked_by": "anna@example.org"})
    assert re.findall(r'<p class="again" id="(\w+)-wrong">Please give a role', person.text) == ["checked_by"]
    long = sends(desk, FORM, {**WHOLE, "hours": 501 * "x"})
    assert (long.status, "This is too long." in long.text) == (400, True)
    assert file(desk) == before


def test_two_leads_change_two_services_and_neither_loses_the_others(desk: LeadDesk) -> None:
    written(desk, HEADER + BRIS)
    mine = desk.lead.get(FORM)
    assert sends(desk, FORM, {**WHOLE, "name": "By another"}).to  # meanwhile
    assert sends(desk, FORM, WHOLE, mine).to
    assert {"By another", "Terrafem", "Bris"} <= set(re.split(r"[,\r\n]", file(desk)))
    same = desk.lead.get(at("SE", "Terrafem"))
    assert sends(desk, at("SE", "Terrafem"), {**WHOLE, "phone": "1"}, same).to
    late = sends(desk, at("SE", "Terrafem"), {**WHOLE, "phone": "2"}, same)
    assert (late.status, "Somebody else changed this" in late.text, 'value="2"' in late.text) == (409, True, True)
    assert ",1," in file(desk)
    sends(desk, at("SE", "Terrafem"), {**WHOLE, "go": "remove"})
    gone = sends(desk, at("SE", "Terrafem"), {**WHOLE, "phone": "3"}, same)
    assert (gone.status, 'value="3"' in gone.text) == (409, True)


def test_file_that_is_no_table_is_said_and_mended_as_text(desk: LeadDesk) -> None:
    for content in (b"land,namn\nSE,Bris\n", "country,name,kind\nSE,Brïs,child\n".encode("latin-1"), b'country,"x\n'):
        (desk.site.study / "support.csv").write_bytes(content)
        page = desk.lead.get(LIST)
        assert (page.status, "STUDY_201" in page.text, "Add a service" in page.text) == (200, True, False)
        assert desk.lead.get(FORM).to == LIST
    written(desk, HEADER + "SE,Bris,kids,116 111,,\r\n")
    page = desk.lead.get(LIST).text
    assert ("STUDY_202" in page, at("SE", "Bris") in page) == (True, True)
    assert sends(desk, at("SE", "Bris"), {**WHOLE, "name": "Bris", "kind": "child"}).to
    assert "STUDY_202" not in desk.lead.get(LIST).text


def test_hostile_words_are_words(desk: LeadDesk) -> None:
    written(desk, "")
    name = '<script>alert(1)</script> =HYPERLINK("x") ${a} {{ b }}\x07\u202e'
    reply = desk.lead.follow(sends(desk, FORM, {**WHOLE, "name": name}))
    assert reply.status == 200
    assert b"<script>alert" not in reply.body
    assert file(desk).startswith("country,name,kind,audience")
    shown = desk.lead.get(at("SE", name.rstrip("\x07\u202e")))
    assert (shown.status, b"<script>alert" in shown.body) == (200, False)


def test_nothing_typed_becomes_a_formula_of_a_spreadsheet(desk: LeadDesk) -> None:
    written(desk, "")
    typed = {**WHOLE, "name": "= =cmd()", "hours": "9; =a ;＝ @SUM(A1)", "phone": "+46 8 123"}
    assert sends(desk, FORM, typed).to
    cells = re.split(r"[,\n]", file(desk))
    assert {"cmd()", "9; a ;SUM(A1)", "+46 8 123"} <= set(cells)
    assert [cell for cell in cells if cell.startswith(("=", "@"))] == []


def test_coordinator_reads_and_changes_none(desk: LeadDesk) -> None:
    written(desk, HEADER + BRIS)
    page = desk.coordinator.get(at("SE", "Bris"))
    assert (page.status, 'value="save"' in page.text, "Add a service" in desk.coordinator.get(LIST).text) == (
        200,
        False,
        False,
    )
    assert desk.coordinator.post(FORM, WHOLE).status == 403
    assert desk.lead.get(at("SE", "Nobody")).status == 404


HIDDEN = "SE,Gone line,child,116 111,,,yes,coordinator,2026-11-20,nobody answers\r\n"
HIDING = HEADER.rstrip("\r\n") + ",hide,hidden_by,hidden_on,hidden_reason\r\n"
HIDE = "/study/help/hide"
DAY = r"\d{4}-\d\d-\d\d"


def hides(desk: LeadDesk, service: str, by: str = "coordinator, ChildX", reason: str = "a shop answers") -> Reply:
    return desk.lead.post(HIDE, {"service": service, "by": by, "reason": reason})


def test_service_of_the_directory_is_hidden_and_who_finds_nobody_is_said(desk: LeadDesk) -> None:
    written(desk, HEADER + BRIS.replace("Bris", "Own line"))
    page = desk.lead.get(HIDE).text
    assert ('value="SE Bris"' in page, 'value="SE Own line"' in page) == (True, True)
    reply = hides(desk, "SE Bris")
    [row] = [line for line in file(desk).splitlines() if line.startswith("SE,Bris,")]
    assert re.search(rf',yes,"coordinator, ChildX",{DAY},a shop answers$', row)
    assert BRIS.replace("Bris", "Own line") in file(desk)
    assert desk.trail[0] == "changed a file"
    said = desk.lead.follow(reply).text
    status = re.search(r'role="status">(.*?)</div>', said, re.DOTALL)
    assert status
    assert "goes on showing it until it has an edition" in status[1]
    assert "No service that a person has checked lately is left for:" in status[1]
    assert ("Own line" in status[1], "SE+Own+line" in status[1]) == (True, True)
    assert re.search(r"20\d\d</bdi>\s*· <bdi>coordinator, ChildX</bdi>\s*· <bdi>a shop answers</bdi>", said)
    assert 'value="SE Bris"' not in desk.lead.get(HIDE).text


def test_own_service_is_hidden_in_its_row_and_no_other_line_changes(desk: LeadDesk) -> None:
    written(desk, HEADER + BRIS + "FI,Other,crisis,1,,\r\n")
    assert "SE+Bris" in desk.lead.get(at("SE", "Bris")).text
    assert hides(desk, "SE Bris", reason="").status == 302
    head, rest = file(desk).split("\r\n", 1)
    assert head == HEADER.rstrip("\r\n") + ",hide,hidden_by,hidden_on"
    hidden = BRIS.rstrip("\r\n") + ',yes,"coordinator, ChildX",DAY\r\n'
    assert re.sub(DAY, "DAY", rest) == hidden + "FI,Other,crisis,1,,\r\n"


def test_hiding_that_does_not_fit_is_said_and_stays_typed(desk: LeadDesk) -> None:
    written(desk, HIDING + HIDDEN)
    before = file(desk)
    for service in ("", "SE Nobody", "Bris", "SE Gone line", "SE gone LINE", "XX <b>"):
        reply = hides(desk, service, by="")
        assert (reply.status, re.findall(r'id="(\w+)-wrong"', reply.text)) == (400, ["service", "by"])
        assert 'value="a shop answers"' in reply.text
    assert re.findall(r'id="(\w+)-wrong"', hides(desk, "SE Bris", reason=501 * "x").text) == ["reason"]
    assert re.findall(r'id="(\w+)-wrong"', hides(desk, "SE Bris", by="anna@example.org").text) == ["by"]
    assert file(desk) == before
    formula = hides(desk, "SE Bris", by="= coordinator", reason="=HYPERLINK(1)")
    assert (formula.status, "=HYPER" in file(desk)) == (302, False)


def test_hidden_service_is_shown_again_by_a_check_of_that_day_or_later(desk: LeadDesk) -> None:
    written(desk, HIDING + HIDDEN)
    listed = desk.lead.get(LIST).text
    assert ("nobody answers" in listed, "20 November 2026" in listed, "not shown" in listed) == (True, True, True)
    page = desk.lead.get(at("SE", "Gone line"))
    assert "This service is hidden." in page.text
    fields = {"country": "SE", "name": "Gone line", "kind": "child", "phone": "116 111"}
    for checked in ({}, {"checked_by": "lead", "checked_on": "2026-11-19"}):
        reply = sends(desk, at("SE", "Gone line"), {**fields, **checked})
        assert (reply.status, re.findall(r'id="(\w+)-wrong"', reply.text)) == (400, ["checked_by"])
    assert HIDDEN in file(desk)
    assert sends(desk, at("SE", "Gone line"), {**fields, "checked_by": "lead", "checked_on": "2026-11-20"}).to
    header, row, *_ = file(desk).split("\r\n")
    assert (len(row.split(",")), "yes" in row, "coordinator" in row) == (len(header.split(",")), False, False)
    assert row.endswith(",lead,2026-11-20")


def test_row_of_three_columns_that_hides_gets_what_the_directory_has(desk: LeadDesk) -> None:
    written(desk, "country,name,kind,hide\nSE,Bris,,yes\n")
    page = desk.lead.get(at("SE", "Bris")).text
    assert ('value="116 111"' in page, 'value="child" selected' in page) == (True, True)
    fields = {"country": "SE", "name": "Bris", "kind": "child", "phone": "116 111"}
    assert sends(desk, at("SE", "Bris"), fields).status == 400
    assert sends(desk, at("SE", "Bris"), {**fields, "checked_by": "lead", "checked_on": "2026-11-20"}).to
    assert (",yes" in file(desk), "116 111" in file(desk)) == (False, True)


def test_hidden_service_of_the_directory_is_not_back_by_taking_its_row_out(desk: LeadDesk) -> None:
    hidden = HIDDEN.replace("Gone line", "Bris")
    written(desk, HIDING + hidden + HIDDEN)
    page = desk.lead.get(at("SE", "Bris"))
    assert 'value="remove"' not in page.text
    assert sends(desk, at("SE", "Bris"), {"country": "SE", "name": "Bris", "go": "remove"}).status == 400
    assert hidden in file(desk)
    assert sends(desk, at("SE", "Gone line"), {"country": "SE", "name": "Gone line", "go": "remove"}).to
    assert file(desk) == HIDING + hidden


def test_row_that_lost_its_yes_waits_for_a_check_too(desk: LeadDesk) -> None:
    fields = {"country": "SE", "name": "Gone line", "kind": "child", "phone": "116 111"}
    for hidden_on, checked_on in (("2026-11-20", "2026-11-20"), ("20 November", "2026-11-01")):
        written(desk, HIDING + HIDDEN.replace("yes", "").replace("2026-11-20", hidden_on))
        assert re.search("STUDY_20[28]", desk.lead.get(LIST).text)
        assert sends(desk, at("SE", "Gone line"), fields).status == 400
        assert sends(desk, at("SE", "Gone line"), {**fields, "checked_by": "lead", "checked_on": checked_on}).to
        assert "STUDY_20" not in desk.lead.get(LIST).text
    written(desk, "country,name,kind,phone,hide\nSE,Bris,child,1,no\n")
    assert sends(desk, at("SE", "Bris"), {**fields, "name": "Bris"}).to


def test_coordinator_hides_nothing(desk: LeadDesk) -> None:
    written(desk, HIDING + HIDDEN)
    assert desk.coordinator.get(HIDE).status == 403
    assert desk.coordinator.post(HIDE, {"service": "SE Bris", "by": "x", "reason": ""}).status == 403
    shown = desk.coordinator.get(f"{LIST}?{urlencode({'country': 'SE', 'name': 'Gone line'})}").text
    assert (HIDE in shown, 'role="status"' in shown) == (False, True)


def test_file_that_is_no_table_hides_nothing(desk: LeadDesk) -> None:
    written(desk, "land,namn\n")
    assert (desk.lead.get(HIDE).to, hides(desk, "SE Bris").to, file(desk)) == (LIST, LIST, "land,namn\n")
