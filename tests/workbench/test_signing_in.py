"""Signing in and out: a password alone opens nothing, a session ends when one signs out, nobody learns who has one."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.patience import PATIENCE
from tests.workbench import totp
from tests.workbench.accounts_file import asked
from tests.workbench.conftest import Collected
from tests.workbench.workbench_for_tests import PASSWORD, Visitor, Workbench, running_workbench


@pytest.fixture(scope="module")
def own(collected: Collected, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """A workbench of this module's own: tries of passwords are counted."""
    with running_workbench(collected.study, tmp_path_factory.mktemp("own") / "data") as running:
        yield running


def joined(own: Workbench, username: str) -> Visitor:
    visitor = own.visitor()
    visitor.join(own.link("viewer", ["sv"]), username)
    return visitor


@pytest.mark.parametrize("path", ["/", "/translate/", "/people", "/audit", "/archive"])
def test_nobody_gets_in_without_signing_in(own: Workbench, path: str) -> None:
    reply = own.visitor().get(path)
    assert (reply.status, reply.to.partition("?")[0]) == (302, "/sign-in")


def test_password_alone_opens_nothing(own: Workbench) -> None:
    somebody = joined(own, "half-way")
    for path in ("/", "/people", "/translate/", "/audit", "/archive"):
        assert (somebody.get(path).status, somebody.get(path).to) == (302, "/account")
    assert "A password alone isn't enough here" in somebody.get("/account").text
    somebody.set_up_app()
    assert somebody.get("/").status == 200


def test_with_an_app_one_signs_in_by_password_and_code_and_the_session_is_a_new_one(own: Workbench) -> None:
    somebody = joined(own, "with-app")
    somebody.set_up_app()
    before = somebody.cookies["session"]
    assert somebody.sign_out().status == 302
    assert somebody.get("/").to == "/sign-in"
    assert somebody.sign_in("with-app").to.startswith("/sign-in/second")
    half = somebody.cookies["session"]
    assert somebody.get("/").to == "/sign-in"  # the password alone
    assert somebody.second(totp.code(somebody.secret, later=1)).status == 302
    assert somebody.get("/").status == 200
    assert len({before, half, somebody.cookies["session"]}) == 3


def test_stolen_cookie_is_useless_after_signing_out(own: Workbench) -> None:
    somebody = joined(own, "stolen-from")
    somebody.set_up_app()
    thief = own.visitor()
    thief.cookies = dict(somebody.cookies)
    assert thief.get("/").status == 200
    assert somebody.sign_out().status == 302
    assert thief.get("/").to == "/sign-in"
    assert thief.get("/account").to.startswith("/sign-in")


def test_code_is_good_once(own: Workbench) -> None:
    somebody = joined(own, "once-only")
    somebody.set_up_app()
    code = totp.code(somebody.secret, later=1)
    assert somebody.sign_out().status == 302
    somebody.sign_in("once-only")
    assert somebody.second(code).status == 302
    assert somebody.sign_out().status == 302
    somebody.sign_in("once-only")
    assert "This code does not fit" in somebody.second(code).text
    assert somebody.get("/").to == "/sign-in"


def test_recovery_code_signs_in_once(own: Workbench) -> None:
    somebody = joined(own, "lost-phone")
    somebody.set_up_app()
    assert len(set(somebody.codes)) == 10
    for accepted in (True, False):
        assert somebody.sign_out().status == 302
        somebody.sign_in("lost-phone")
        assert (somebody.second(somebody.codes[0]).status == 302) == accepted
    assert somebody.get("/").to == "/sign-in"


def test_last_second_factor_stays(own: Workbench) -> None:
    somebody = joined(own, "only-one")
    somebody.set_up_app()
    somebody.get("/account/app/remove")
    assert "This is the only second factor" in somebody.post("/account/app/remove").text
    assert somebody.get("/").status == 200


def words(page: str) -> str:
    """The text of a page, without what is another one each time, and without the name that was typed."""
    return re.sub(r'value="[^"]*"', "", page)


def test_nobody_learns_which_names_there_are(own: Workbench) -> None:
    joined(own, "who-exists").set_up_app()
    wrong = own.visitor().sign_in("who-exists", "not the password at all")
    unknown = own.visitor().sign_in("nobody-like-that", "not the password at all")
    assert "This sign-in name and this password do not belong together." in wrong.text
    assert (wrong.status, words(wrong.text)) == (unknown.status, words(unknown.text))


def test_too_many_tries_of_a_password_are_refused_also_the_right_one(own: Workbench) -> None:
    somebody = joined(own, "tried-often")
    somebody.set_up_app()
    tries = [own.visitor().sign_in("tried-often", f"wrong password {number}") for number in range(6)]
    assert "There were too many tries" in tries[-1].text
    assert "There were too many tries" in own.visitor().sign_in("tried-often").text


def test_form_without_the_token_of_its_page_does_nothing(own: Workbench) -> None:
    somebody = joined(own, "csrf")
    somebody.set_up_app()
    for token in ("", "x" * 64, own.lead.token):
        assert somebody.post("/account/name", {"name": "changed"}, token=token).status == 403
    assert asked(own, "SELECT name FROM workbench_person WHERE username = 'csrf'") == [("csrf",)]


def test_what_was_sent_after_the_session_ended_is_shown_and_no_password_of_it(own: Workbench) -> None:
    somebody = joined(own, "too-late")
    somebody.set_up_app()
    asked(own, "DELETE FROM django_session WHERE session_key = ?", (somebody.cookies["session"],))
    somebody.cookies.pop("session")
    reply = somebody.post("/people", {"text": "hours of work", "password": "a secret"})
    assert (reply.status, "hours of work" in reply.text, "a secret" in reply.text) == (401, True, False)


def test_form_that_breaks_off_is_no_fault_of_the_workbench(own: Workbench) -> None:
    """It was answered with 500, and each one was an error in the log."""
    head = "POST /people HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    with socket.create_connection(("127.0.0.1", own.port), timeout=PATIENCE) as line:
        line.sendall(f"{head}Content-Length: 1000\r\n\r\ntext=half".encode())
        line.shutdown(socket.SHUT_WR)
        reply = b"".join(iter(lambda: line.recv(65536), b""))
    assert reply.startswith(b"HTTP/1.1 401 ")


def test_member_who_is_removed_is_out_at_once(own: Workbench) -> None:
    somebody = joined(own, "going")
    somebody.set_up_app()
    [(number,)] = asked(own, "SELECT id FROM workbench_person WHERE username = 'going'")
    assert own.lead.get(f"/people/{number}/remove").status == 200
    own.lead.post(f"/people/{number}/remove")
    assert somebody.get("/").to == "/sign-in"
    assert "do not belong together" in somebody.sign_in("going").text


def test_changed_password_ends_every_session(own: Workbench) -> None:
    somebody = joined(own, "changes")
    somebody.set_up_app()
    other = own.visitor()
    other.cookies = dict(somebody.cookies)
    somebody.get("/account/password")
    new = "quite another sentence"
    fields = {"oldpassword": "four words of no use", "password1": new, "password2": new}
    assert somebody.post("/account/password", fields).status == 302
    assert other.get("/").to == "/sign-in"


def test_pages_of_allauth_that_are_not_used_and_an_admin_site_are_not_there(own: Workbench) -> None:
    for path in ("/admin/", "/accounts/signup/", "/not-here/account_signup", "/account/codes/download"):
        assert own.lead.get(path).status == 404
        assert own.visitor().get(path).to.startswith("/sign-in")


def test_over_tls_cookies_are_secure_and_tries_are_counted_by_the_address_that_nginx_saw(
    own: Workbench, collected: Collected, tmp_path: Path
) -> None:
    assert cookie_of(own) == ("csrf", {"HttpOnly", "Path=/", "SameSite=Strict"})
    with running_workbench(
        collected.study, tmp_path / "data", "--site", "https://localhost", "--host", "127.0.0.1"
    ) as behind_tls:
        assert cookie_of(behind_tls) == ("__Host-csrf", {"HttpOnly", "Path=/", "SameSite=Strict", "Secure"})
        headers = Visitor(behind_tls.port).get("/sign-in").headers
        assert tries_of(behind_tls, "192.0.2.7", 12) == [*10 * [True], False, False]
        assert tries_of(behind_tls, "192.0.2.8", 1) == [True]
        assert headers["strict-transport-security"] == "max-age=31536000"


def cookie_of(site: Workbench) -> tuple[str, set[str]]:
    first, *others = Visitor(site.port).get("/sign-in").headers["set-cookie"].split("; ")
    return first.partition("=")[0].strip(), set(others)


def tries_of(site: Workbench, address: str, number: int) -> list[bool]:
    """Whether so many wrong passwords, for names that are not there, were looked at."""
    visitor = Visitor(site.port, over_tls_from=address)
    said = [visitor.sign_in(f"nobody-{tried}", "not the password").text for tried in range(number)]
    assert ["do not belong together" in text or "too many tries" in text for text in said] == number * [True]
    return ["do not belong together" in text for text in said]


def test_session_ends_within_a_working_day(own: Workbench) -> None:
    somebody = joined(own, "short-life")
    query = "SELECT expire_date FROM django_session WHERE session_key = ?"
    [(until,)] = asked(own, query, (somebody.cookies["session"],))
    left = datetime.fromisoformat(until).replace(tzinfo=UTC) - datetime.now(UTC)
    assert timedelta(hours=7) < left <= timedelta(hours=8)
    assert "expires" not in somebody.get("/account").headers.get("set-cookie", "")


def test_with_another_secret_nobody_gets_in_and_it_is_said_why(collected: Collected, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with running_workbench(collected.study, data) as before:
        somebody = joined(before, "from-before")
        somebody.set_up_app()
        cookies, secret = dict(somebody.cookies), somebody.secret
    (data / "secret").write_bytes(bytes(32))
    with running_workbench(collected.study, data) as after:
        again = after.visitor()
        again.cookies = cookies
        assert again.get("/").to == "/sign-in"  # sessions were signed with the old one
        again.cookies = {}
        again.sign_in("from-before")
        reply = again.second(totp.code(secret, later=1))
        assert (reply.status, "WORKBENCH_005" in reply.text, secret in reply.text) == (503, True, False)
        assert again.get("/").to == "/sign-in"


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_site(own: Workbench, elsewhere: str) -> None:
    username = f"led-{sum(map(ord, elsewhere))}"
    member = joined(own, username)
    member.set_up_app()
    asked_for = f"/sign-in?{urlencode({'next': elsewhere})}"
    assert member.get(asked_for).to == "/"
    member.sign_out()
    member.get(asked_for)
    reply = member.post(asked_for, {"login": username, "password": PASSWORD, "next": elsewhere})
    assert reply.to == "/sign-in/second"
    assert member.second(totp.code(member.secret, later=1)).to == "/"


def test_codes_cannot_be_guessed_for_long_in_any_session(own: Workbench) -> None:
    member = joined(own, "guessed")
    member.set_up_app()
    thief = own.visitor()
    thief.sign_in("guessed")
    for guess in range(5):
        assert "does not fit" in thief.second(f"{guess:06d}").text
    again = own.visitor()
    again.sign_in("guessed")
    reply = again.second(totp.code(member.secret, later=1))
    assert (reply.status, "too many tries" in reply.text) == (200, True)
    assert again.get("/").to == "/sign-in"


@pytest.mark.parametrize("sent", ["x", "[]", "null", '{"id":1}', '{"id":"a","rawId":"a"}', "[" * 20_000])
def test_passkey_that_is_none_is_refused_in_words(own: Workbench, sent: str) -> None:
    visitor = own.visitor()
    visitor.get("/sign-in")
    assert visitor.post("/sign-in/passkey", {"credential": sent}).status in {302, 400}
