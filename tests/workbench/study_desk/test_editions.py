"""Editions at the lead's desk: a key is shown before anything is sealed to it, and what is frozen is whole."""

from __future__ import annotations

import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from kuule.sealing.keys import PublicKey
from kuule.study.edition.study_edition import read_edition
from kuule.usecases.authoring.freeze_study import freeze_edition
from tests.study.small_study import rehearsal_key
from tests.workbench.study_desk.conftest import LeadDesk
from tests.workbench.workbench_for_tests import Reply


def seen(reply: Reply) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{16})"', reply.text)
    assert found, reply.text
    return found[1]


def test_edition_is_the_one_that_the_command_line_freezes(
    desk: LeadDesk, public_key: PublicKey, tmp_path: Path
) -> None:
    desk.shows_factor()
    shown = desk.sends_key(public_key.to_text().replace("\n", "\r\n"))
    assert (public_key.fingerprint in shown.text, public_key.fingerprint_words in shown.text) == (True, True)
    assert "No language can open yet." in shown.text
    order = {"key": public_key.to_text(), "seen": seen(shown)}
    refused = desk.lead.post("/study/editions", order)
    assert (refused.status, "EDITION_008" in refused.text, "Nothing was frozen." in refused.text) == (400, True, True)
    assert list((desk.site.data / "editions").iterdir()) == []
    frozen = desk.lead.post("/study/editions", {**order, "drafts": "yes"})
    [folder] = (desk.site.data / "editions").iterdir()
    made = read_edition(folder)
    assert (frozen.status, made.id in frozen.text, folder.name) == (200, True, made.short)
    key = tmp_path / "public.key"
    key.write_text(public_key.to_text(), "utf-8")
    own = freeze_edition(desk.site.study, key, tmp_path / "own", drafts=True, today=datetime.now(UTC).date())
    assert own.edition.id == made.id
    assert "froze an edition" in desk.trail
    again = desk.lead.post("/study/editions", {**order, "drafts": "yes"})
    assert (again.status, "show your second factor first" in again.text) == (400, True)
    packed = desk.lead.get(f"/study/editions/{made.short}")
    assert packed.headers["content-disposition"] == f'attachment; filename="small-study-edition-{made.short}.zip"'
    zipfile.ZipFile(io.BytesIO(packed.body)).extractall(tmp_path / "unpacked")
    assert read_edition(tmp_path / "unpacked" / made.short).id == made.id
    page = desk.lead.get("/study/editions").text
    assert ("asks what the study asks now" in page, "practice" in page) == (True, True)
    settings = desk.site.study / "study.toml"
    settings.write_text(settings.read_text("utf-8").replace("minimum_age = 18", "minimum_age = 19"), "utf-8")
    assert "the study has changed since" in desk.lead.get("/study/editions").text


def test_nothing_is_frozen_without_a_second_factor_for_it(desk: LeadDesk, public_key: PublicKey) -> None:
    """Signing in is not enough, and neither is what was shown for the edition before."""
    another = desk.site.member("lead")
    page = another.get("/study/editions").text
    assert ("Show your second factor" in page, 'type="file"' in page) == (True, False)
    shown = desk.sends_key(public_key.to_text(), who=another)
    order = {"key": public_key.to_text(), "seen": seen(shown), "drafts": "yes"}
    reply = another.post("/study/editions", order)
    assert (reply.status, "Nothing was frozen: show your second factor first" in reply.text) == (400, True)
    assert not (desk.site.data / "editions").exists()


def test_one_factor_freezes_once_when_two_requests_come_at_one_moment(desk: LeadDesk, public_key: PublicKey) -> None:
    desk.shows_factor()
    shown = desk.sends_key(public_key.to_text())
    order = {"key": public_key.to_text(), "seen": seen(shown), "drafts": "yes"}
    before = desk.trail.count("froze an edition")
    twice = [replace(desk.lead, cookies=dict(desk.lead.cookies)) for _ in range(2)]
    with ThreadPoolExecutor(2) as both:
        replies = list(both.map(lambda one: one.post("/study/editions", order), twice))
    assert sorted(one.status for one in replies) == [200, 400]
    [refused] = (one for one in replies if one.status == 400)
    assert "Nothing was frozen: show your second factor first" in refused.text
    assert desk.trail.count("froze an edition") == before + 1


def test_secret_key_is_refused_and_kept_nowhere(desk: LeadDesk) -> None:
    secret = rehearsal_key().to_text()
    reply = desk.sends_key(secret)
    assert (reply.status, "KEY_002" in reply.text) == (400, True)
    assert "Nothing was frozen, and the file was not kept." in reply.text
    line = secret.splitlines()[1]
    assert line not in reply.text
    assert not any(line.encode() in path.read_bytes() for path in desk.site.data.rglob("*") if path.is_file())


def test_what_is_no_key_is_refused_in_words(desk: LeadDesk) -> None:
    for text in ("", "\x00" * 10, "<b>kuule public key</b>"):
        reply = desk.sends_key(text)
        assert (reply.status, "KEY_001" in reply.text) == (400, True)
    assert desk.lead.get("/study/key").to == "/study/editions"


def test_study_that_changed_meanwhile_is_shown_anew_before_it_is_frozen(desk: LeadDesk, public_key: PublicKey) -> None:
    shown = desk.sends_key(public_key.to_text())
    report = desk.site.study / "report.md"
    report.write_text(report.read_text("utf-8") + "\nMore.\n", "utf-8")
    reply = desk.lead.post("/study/editions", {"key": public_key.to_text(), "seen": seen(shown), "drafts": "yes"})
    assert (reply.status, "Somebody changed the study while you were looking." in reply.text) == (409, True)
    assert not (desk.site.data / "editions").exists()


def test_edition_that_nobody_froze_has_no_page(desk: LeadDesk) -> None:
    assert desk.lead.get("/study/editions/00000000").status == 404
