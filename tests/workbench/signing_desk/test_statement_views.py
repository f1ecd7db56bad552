"""An organisation signs with a second factor what it was shown, and nothing else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tests.network.small_network import EN, SV
from tests.workbench.accounts_file import asked
from tests.workbench.signing_desk.conftest import MARK, PAGE, SigningDesk, mark_on, show_factor
from tests.workbench.workbench_for_tests import Visitor


@pytest.fixture
def desk(desk: SigningDesk) -> SigningDesk:
    """The same with somebody of ChildX whose codes nobody has used."""
    return replace(desk, childx=desk.site.member("signatory", ["sv"], "ChildX"))


def signs(visitor: Visitor, mark: str, **more: str) -> str:
    """Press the button, and read the page that comes."""
    return visitor.follow(visitor.post(PAGE, {"go": "sign", "mark": mark, "read": "yes", **more})).text


def test_organisation_signs_with_its_second_factor(desk: SigningDesk) -> None:
    page = desk.childx.get(PAGE).text
    assert ("We ask for one thing." in page, "Vi ber om en sak." in page, "Show it" in page) == (True, True, True)
    assert MARK.search(page) is None
    assert show_factor(desk.childx).to == PAGE
    assert "ChildX has signed." in signs(desk.childx, mark_on(desk.childx))
    assert (desk.under("en"), desk.under("sv")) == (("childx",), ("childx",))
    [(who, what, on)] = asked(desk.site, 'SELECT who, what, "on" FROM workbench_entry ORDER BY id DESC LIMIT 1')
    mark = desk.mark
    assert (who.startswith("signatory"), what, on) == (True, "signed a statement", f"time-limits for childx: {mark}")


def test_without_the_factor_nothing_is_signed(desk: SigningDesk) -> None:
    mark = desk.mark
    desk.radio.get(PAGE)
    assert "Please show your second factor first" in signs(desk.radio, mark)
    assert desk.under() == ()


def test_password_and_recovery_code_are_no_second_factor_here(desk: SigningDesk) -> None:
    mark = desk.mark
    desk.radio.get("/account/confirm")
    desk.radio.post("/account/confirm", {"password": "four words of no use"})
    desk.radio.get("/account/confirm/code")
    assert desk.radio.post("/account/confirm/code", {"code": desk.radio.codes[0]}).status == 302
    desk.radio.get(PAGE)
    assert "Please show your second factor first" in signs(desk.radio, mark)
    assert desk.under() == ()


def test_factor_is_good_for_one_signature(desk: SigningDesk) -> None:
    show_factor(desk.childx)
    signs(desk.childx, mark_on(desk.childx))
    text = desk.site.study / "statements/time-limits/sv.txt"
    text.write_text(SV.replace("en sak", "två saker"), "utf-8")
    desk.childx.get(PAGE)
    assert "Please show your second factor first" in signs(desk.childx, desk.mark)
    assert (desk.under("en"), desk.under("sv")) == (("childx",), ())


@pytest.mark.parametrize("changed", ["en", "sv"])
def test_text_that_changed_while_the_page_was_open_is_not_signed(desk: SigningDesk, changed: str) -> None:
    show_factor(desk.childx)
    mark = mark_on(desk.childx)
    file = desk.site.study / f"statements/time-limits/{changed}.txt"
    file.write_text(file.read_text("utf-8").replace(".", ", and more."), "utf-8")
    page = signs(desk.childx, mark)
    assert "Nothing was signed. The text was changed while it was being read" in page
    assert (desk.under("en"), desk.under("sv")) == ((), ())


def test_text_that_changes_after_the_signature_waits_again(desk: SigningDesk) -> None:
    show_factor(desk.childx)
    signs(desk.childx, mark_on(desk.childx))
    (desk.site.study / "statements/time-limits/en.txt").write_text(EN.replace("one", "no"), "utf-8")
    assert "ChildX</bdi>: signed an earlier text" in desk.childx.get(PAGE).text
    assert "a statement, whose text was changed" in desk.childx.get("/").text


def test_two_of_an_organisation_who_press_at_once_sign_once(desk: SigningDesk) -> None:
    other = desk.site.member("signatory", ["sv"], "ChildX")
    for one in (desk.childx, other):
        show_factor(one)
    marks = [mark_on(one) for one in (desk.childx, other)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(signs, (desk.childx, other), marks))
    assert desk.under() == ("childx",)
    assert (desk.site.study / "statements/time-limits/signatures.json").read_text().count('"signed"') == 1


def test_who_may_not_sign_reads_it_and_is_refused(desk: SigningDesk) -> None:
    assert "Somebody with the role" in desk.viewer.get(PAGE).text
    mark = desk.mark
    show_factor(desk.viewer)
    assert desk.viewer.post(PAGE, {"go": "sign", "mark": mark, "read": "yes"}).status == 403
    assert desk.under() == ()


def test_organisation_that_is_no_partner_sees_nothing_and_signs_nothing(desk: SigningDesk) -> None:
    assert desk.stranger.get(PAGE).status == 404
    show_factor(desk.stranger)
    mark = desk.mark
    assert desk.stranger.post(PAGE, {"go": "sign", "mark": mark, "read": "yes"}).status == 404
    assert desk.under() == ()


def test_link_of_another_partner_is_not_enough_to_sign_for_it(desk: SigningDesk) -> None:
    [(number,)] = asked(desk.site, "SELECT id FROM workbench_organisation WHERE name = 'Somebody else'")
    desk.site.lead.get("/people")
    desk.site.lead.post(f"/people/organisation/{number}/links", {"link": ["k7"]})
    assert desk.stranger.get(PAGE).status == 404


def test_partner_that_is_not_asked_does_not_see_it(desk: SigningDesk) -> None:
    settings = 'languages = ["en", "sv"]\nasked = ["childx"]\n'
    (desk.site.study / "statements/time-limits/statement.toml").write_text(settings, "utf-8")
    assert [one.get(PAGE).status for one in (desk.radio, desk.childx, desk.site.lead)] == [404, 200, 200]
    assert "Time limits" not in desk.radio.get("/statements/").text


def test_signature_is_withdrawn_with_a_second_factor(desk: SigningDesk) -> None:
    show_factor(desk.childx)
    signs(desk.childx, mark_on(desk.childx))
    desk.childx.get(PAGE)
    desk.childx.follow(desk.childx.post(PAGE, {"go": "withdraw"}))
    assert desk.under() == ("childx",)
    show_factor(desk.childx)
    desk.childx.get(PAGE)
    desk.childx.follow(desk.childx.post(PAGE, {"go": "withdraw"}))
    assert desk.under() == ()


def test_box_has_to_be_ticked(desk: SigningDesk) -> None:
    show_factor(desk.childx)
    page = signs(desk.childx, mark_on(desk.childx), read="")
    assert ("Please tick" in page, desk.under()) == (True, ())


def test_statement_that_cannot_be_read_closes_nothing_else(desk: SigningDesk) -> None:
    (desk.site.study / "statements/time-limits/en.txt").unlink()
    assert desk.childx.get("/").status == 200
    page = desk.childx.get("/statements/")
    assert (page.status, "can't be read right now" in page.text) == (200, True)
    assert desk.childx.get(PAGE).status == 503


def test_coordinator_cannot_make_a_signatory(desk: SigningDesk) -> None:
    coordinator = desk.site.member("coordinator")
    coordinator.get("/people")
    fields = {"role": "signatory", "language": ["sv"], "organisation": "ChildX"}
    assert coordinator.post("/people", fields).status == 422
