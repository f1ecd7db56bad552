"""Whose language a page is in: the account's, else that of this browser, else what the browser asks for, else
English."""

from __future__ import annotations

import re

from tests.workbench.accounts_file import asked
from tests.workbench.workbench_for_tests import PASSWORD, Reply, Visitor, Workbench


def page_language(reply: Reply) -> tuple[str, str]:
    found = re.search(r'<html lang="([^"]+)" dir="([^"]+)">', reply.text)
    assert found
    return found[1], found[2]


def visitor(site: Workbench, languages: str = "") -> Visitor:
    made = site.visitor()
    made.languages = languages
    return made


def test_browser_that_asks_for_a_language_gets_it(spoken_site: Workbench) -> None:
    page = visitor(spoken_site, "fi-FI,fi;q=0.9,en;q=0.5").get("/sign-in")
    assert (page_language(page), "<h1>Kirjaudu sisään</h1>" in page.text) == (("fi", "ltr"), True)
    assert page.headers["content-language"] == "fi"
    assert '<span lang="en" dir="ltr">Password</span>' in page.text
    assert "Kone on kääntänyt nämä sanat." in page.text
    asked_for = [
        page_language(visitor(spoken_site, said).get("/sign-in")) for said in ("ar", "xx", "sv;q=0.9, ar;q=0.2", "")
    ]
    assert asked_for == [("ar", "rtl"), ("en", "ltr"), ("ar", "rtl"), ("en", "ltr")]


def test_chooser_before_signing_in_keeps_the_language_in_this_browser(spoken_site: Workbench) -> None:
    browser = visitor(spoken_site, "fi")
    page = browser.get("/sign-in?next=/account")
    assert '<option value="ar" lang="ar" dir="rtl">العربية</option>' in page.text
    assert 'name="next" value="/sign-in?next=/account"' in page.text
    chosen = browser.get("/language?language=ar&next=/sign-in%3Fnext%3D/account")
    assert (chosen.status, chosen.to, browser.cookies["language"]) == (302, "/sign-in?next=/account", "ar")
    assert page_language(browser.follow(chosen)) == ("ar", "rtl")


def test_chooser_leads_nowhere_else_and_takes_no_other_language(spoken_site: Workbench) -> None:
    browser = visitor(spoken_site)
    places = ("https://example.org/", "//example.org", "/\\example.org", "sign-in", "")
    assert {browser.get(f"/language?language=fi&next={place}").to for place in places} == {"/"}
    browser.cookies.clear()
    assert browser.get("/language?language=../../etc&next=/sign-in").to == "/sign-in"
    assert "language" not in browser.cookies
    browser.cookies["language"] = "xx"
    assert page_language(browser.get("/sign-in")) == ("en", "ltr")


def test_error_of_a_form_is_said_in_the_language(spoken_site: Workbench) -> None:
    browser = visitor(spoken_site, "fi")
    assert "Nimi ja salasana eivät kuulu yhteen." in browser.sign_in("nobody-here", PASSWORD).text
    path = spoken_site.link("viewer", ["sv"])
    assert "<h1>Sinut on kutsuttu</h1>" in browser.get(path).text
    typed = {"username": "short-one", "name": "Short", "password": "short", "again": "short"}
    assert "Salasana on liian lyhyt: vähintään 12 merkkiä." in browser.post(path, typed).text
    page = browser.post("/sign-in", {"login": "", "password": ""}).text
    assert "Tämä kenttä vaaditaan." in page, "Django says its own words in the language too"


def test_language_of_an_account_is_kept_with_it(spoken_site: Workbench) -> None:
    member = visitor(spoken_site)
    member.get("/language?language=ar&next=/sign-in")
    member.join(spoken_site.link("viewer", ["sv"]), "speaks-arabic")
    member.set_up_app()
    assert asked(spoken_site, "SELECT language FROM workbench_person WHERE username = 'speaks-arabic'") == [("ar",)]
    member.cookies.pop("language")
    assert page_language(member.get("/")) == ("ar", "rtl")
    member.get("/account")
    page = member.follow(member.post("/account/language", {"language": "fi"}))
    assert ("Sivusto puhuu nyt kieltäsi." in page.text, "<h1>Oma tili</h1>" in page.text) == (True, True)
    member.languages = "ar"
    assert page_language(member.get("/")) == ("fi", "ltr")
    member.get("/account")
    member.post("/account/language", {"language": "klingon"})
    assert page_language(member.get("/account")) == ("fi", "ltr")
    member.post("/account/language", {"language": ""})
    assert page_language(member.get("/account")) == ("ar", "rtl")


def test_page_that_is_not_there_is_said_in_the_language(spoken_site: Workbench) -> None:
    lead = spoken_site.lead
    lead.languages = "fi"
    try:
        reply = lead.get("/nowhere")
        assert (reply.status, page_language(reply), "Oma tili" in reply.text) == (404, ("fi", "ltr"), True)
    finally:
        lead.languages = ""


def test_texts_of_the_study_keep_their_own_language_on_a_page_in_another(spoken_site: Workbench) -> None:
    translator = spoken_site.member("translator", ["sv"])
    translator.languages = "ar"
    page = translator.get("/translate/sv").body.decode()
    assert page_language(Reply(200, {}, page.encode())) == ("ar", "rtl")
    assert '<div class="said source"' not in page
    assert '<div class="said " lang="en" dir="ltr">How old are you?</div>' in page
    assert re.search(r'<div class="said (machine)?" lang="sv" dir="ltr">', page)
