"""The report's text, the services that help and the settings at the lead's desk: tried, compared, taken, put back."""

from __future__ import annotations

import re

from kuule.languages.gettext.catalogue import read_po
from kuule.study.settings.study_toml import read_settings
from kuule.workbench.translation_desk.current_study import read_current_study
from tests.special_files import SPECIAL_FILES
from tests.workbench.study_desk.conftest import LeadDesk
from tests.workbench.workbench_for_tests import Reply

REPORT, SETTINGS = "/study/file/report.md", "/study/file/study.toml"
TITLE = "study:title"
REMARK = "# A remark that stays."


def hidden(page: Reply, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found, page.text
    return found[1]


def typed_in(desk: LeadDesk, address: str, text: str) -> Reply:
    """Type another text, and have it compared."""
    page = desk.lead.get(address)
    return desk.lead.post(address, {"text": text.replace("\n", "\r\n"), "seen": hidden(page, "seen"), "go": "check"})


def takes(desk: LeadDesk, address: str, compared: Reply, text: str) -> Reply:
    order = {"text": text, "seen": hidden(compared, "seen"), "checked": hidden(compared, "checked"), "go": "take"}
    return desk.lead.follow(desk.lead.post(address, order))


def test_report_is_changed_compared_taken_and_put_back(desk: LeadDesk) -> None:
    file = desk.site.study / "report.md"
    before = file.read_text("utf-8")
    new = f"{before}\n## What we ask for\n\nThree <b>changes</b>.\n"
    compared = typed_in(desk, REPORT, new)
    assert (compared.status, file.read_text("utf-8")) == (200, before)
    assert "## What we ask for" in compared.text
    assert "Texts that are new to it" in compared.text or "new" in compared.text
    taken = takes(desk, REPORT, compared, new)
    assert ("It is taken." in taken.text, file.read_text("utf-8")) == (True, new)
    assert desk.trail[0] == "changed a file"
    study = read_current_study(desk.site.study)
    fresh = [key for key, one in read_po(study.folder / "sv.po", study.sources).entries.items() if not one.text]
    assert len([key for key in fresh if key.startswith("report.md:")]) >= 2
    [earlier] = re.findall(r'href="(/study/file/report\.md/earlier/[0-9a-f]{32})"', taken.body.decode())
    shown = desk.lead.get(earlier)
    assert before.strip() in shown.text.replace("\r", "")
    back = desk.lead.post(REPORT, {"text": before, "seen": hidden(shown, "seen"), "go": "check"})
    takes(desk, REPORT, back, before)
    assert file.read_text("utf-8") == before


def test_mistake_in_the_report_is_said_and_mended_at_the_desk(desk: LeadDesk) -> None:
    file = desk.site.study / "report.md"
    before = file.read_text("utf-8")
    broken = f"{before}\n```finding\nno title\n"
    compared = typed_in(desk, REPORT, broken)
    assert ("It can be taken, but with an error" in compared.text, file.read_text("utf-8")) == (True, before)
    file.write_text(broken, "utf-8")  # by another hand
    assert "no title" in desk.lead.get(REPORT).text
    mended = typed_in(desk, REPORT, before)
    assert mended.status == 200
    takes(desk, REPORT, mended, before)
    assert file.read_text("utf-8") == before


def test_settings_that_cannot_be_read_are_refused_and_stay_in_their_field(desk: LeadDesk) -> None:
    file = desk.site.study / "study.toml"
    before = file.read_bytes()
    reply = typed_in(desk, SETTINGS, f"{before.decode()}\n[answers\n")
    assert (reply.status, "It can't be taken" in reply.text, "[answers" in reply.text) == (400, True, True)
    assert 'value="take"' not in reply.text
    bell = typed_in(desk, SETTINGS, f"{before.decode()}# \x07\n")
    assert (bell.status, "control character U+0007" in bell.text) == (400, True)
    assert file.read_bytes() == before


def test_comparison_names_the_line_where_words_begin(desk: LeadDesk) -> None:
    file = desk.site.study / "report.md"
    before = file.read_text("utf-8")
    compared = typed_in(desk, REPORT, f"{before}\n\n\n## One more\n")
    number = len(f"{before}\n\n\n## One more".splitlines())
    assert re.search(rf'<th scope="row"><bdi>{number}</bdi></th>.*?>## One more</td>', compared.text, re.DOTALL)


def test_what_was_not_compared_is_not_taken(desk: LeadDesk) -> None:
    file = desk.site.study / "report.md"
    before = file.read_text("utf-8")
    compared = typed_in(desk, REPORT, f"{before}\nOne.\n")
    assert "It is taken." not in takes(desk, REPORT, compared, f"{before}\nTwo.\n").text
    assert file.read_text("utf-8") == before
    file.write_text(f"{before}\nBy another lead.\n", "utf-8")
    late = takes(desk, REPORT, compared, f"{before}\nOne.\n")
    assert (late.status, "By another lead." in late.text, "One." in late.text) == (409, True, True)
    assert file.read_text("utf-8") == f"{before}\nBy another lead.\n"


def test_coordinator_reads_and_changes_none(desk: LeadDesk) -> None:
    page = desk.coordinator.get(REPORT)
    assert (page.status, "<textarea" in page.text) == (200, False)
    assert desk.coordinator.post(REPORT, {"text": "x"}).status == 403
    assert desk.lead.get("/study/file/kit.toml").status == 404


def test_title_is_changed_and_the_rest_of_the_settings_stays_to_the_byte(desk: LeadDesk) -> None:
    file = desk.site.study / "study.toml"
    title = read_settings(desk.site.study).title
    before = file.read_text("utf-8").replace(f'title = "{title}"', f'title   =   "{title}"   {REMARK}', 1)
    file.write_text(before, "utf-8")
    address = f"/study/text?key={TITLE}"
    assert title in desk.lead.get(address).text
    reply = desk.lead.follow(desk.lead.post(address, {"text": 'Our "new" title', "seen": title}))
    assert (reply.status, "It is in the settings now." in reply.text) == (200, True)
    old, new = before.splitlines(), file.read_text("utf-8").splitlines()
    changed = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    assert len(changed) == 1
    assert changed[0][1].endswith(REMARK)
    assert read_settings(desk.site.study).title == 'Our "new" title'
    study = read_current_study(desk.site.study)
    stale = [key for key, one in read_po(study.folder / "sv.po", study.sources).entries.items() if one.stale]
    assert stale == [TITLE]
    assert desk.trail[0] == "changed a text"
    assert f"{SETTINGS}/earlier/" in desk.lead.get(SETTINGS).text


def test_device_and_pipe_in_place_of_a_file_are_said_and_the_desk_goes_on(desk: LeadDesk) -> None:
    file = desk.site.study / "report.md"
    before = file.read_bytes()
    try:
        for kind in ("endless device", "named pipe"):
            make, said = SPECIAL_FILES[kind]
            file.unlink()
            make(file)
            page = desk.lead.get(REPORT)
            assert (page.status, "report.md" in page.text, said in page.text) == (503, True, True)
    finally:
        file.unlink(missing_ok=True)
        file.write_bytes(before)
    assert desk.lead.get(REPORT).status == 200
