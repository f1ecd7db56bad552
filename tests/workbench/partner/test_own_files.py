"""What a partner sees first, and its download: all that is its own, and nothing of anybody else."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from kuule.languages.gettext.catalogue import po_bytes
from kuule.languages.workflow.entries import DraftTranslation, with_translation
from kuule.languages.workflow.states import State, TextOrigin
from kuule.study.folder.partner_files import StudyPartner
from kuule.study.folder.study_folder import read_study_folder
from kuule.workbench.partner.own_files import OwnSources, own_files
from tests.study.small_study import SETTINGS, make_study
from tests.workbench.accounts_file import asked
from tests.workbench.signing_desk.conftest import SigningDesk, desk, whole_desk  # noqa: F401 -- fixtures
from tests.workbench.workbench_for_tests import Visitor


def download(visitor: Visitor) -> dict[str, bytes]:
    """The files of the ZIP, by name."""
    visitor.get("/own")
    reply = visitor.post("/own")
    assert reply.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(reply.body)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_first_page_says_what_waits(desk: SigningDesk) -> None:  # noqa: F811
    page = desk.childx.get("/").text.partition("What waits for you")[2]
    for said in ("Time limits should not end", "Tell the help lines", "late", "Read the brief once more", "A week"):
        assert said in page
    assert "Tell the press" not in page
    assert page.index("Tell the help lines") < page.index("Read the brief")


def test_those_who_run_the_study_see_the_tasks_that_are_theirs(desk: SigningDesk) -> None:  # noqa: F811
    page = desk.site.lead.get("/").text
    assert ("Tell the press" in page, "Read the brief once more" in page) == (True, False)


def test_links_of_a_partners_file_are_on_its_first_page(desk: SigningDesk) -> None:  # noqa: F811
    assert [("/k7" in one.get("/").text, "/m3" in one.get("/").text) for one in (desk.childx, desk.radio)] == [
        (True, False),
        (False, True),
    ]


def test_another_partner_sees_nothing_of_it(desk: SigningDesk) -> None:  # noqa: F811
    page = desk.radio.get("/").text
    found = [said in page for said in ("Tell the help lines", "A week", "Time limits should not")]
    assert found == [False, False, True]


def test_download_has_all_that_is_the_partners_own(desk: SigningDesk) -> None:  # noqa: F811
    for name in ("childx/kit/poster.pdf", "_countries/SE/SE.html", "radio/r.pdf", "_countries/FI/FI.html"):
        file = desk.downloads / name
        file.parent.mkdir(parents=True)
        file.write_text(name)
    files = download(desk.childx)
    assert sorted(files) == [
        "README.txt",
        "dates.ics",
        "for-you/kit/poster.pdf",
        "partner.toml",
        "statements/time-limits/en.txt",
        "statements/time-limits/signature.csv",
        "statements/time-limits/sv.txt",
        "tasks.csv",
        "your-country/SE.html",
    ]
    assert next(iter(files)) == "README.txt"
    assert "Nothing here is an answer" in files["README.txt"].decode()
    assert [str(one["SUMMARY"]) for one in Calendar.from_ical(files["dates.ics"]).walk("VEVENT")] == ["A week"]
    rows = list(csv.DictReader(io.StringIO(files["tasks.csv"].decode())))
    assert [row["by"] for row in rows] == ["2026-12-20", "2026-11-20"]
    [(what, on)] = asked(desk.site, 'SELECT what, "on" FROM workbench_entry ORDER BY id DESC LIMIT 1')
    assert (what, on) == ("downloaded what is its own", "childx")


def test_reviewed_texts_are_in_the_download_and_drafts_are_not(desk: SigningDesk) -> None:  # noqa: F811
    file = desk.site.study / "languages/sv.po"
    kept, catalogue = file.read_bytes(), read_study_folder(desk.site.study).catalogues["sv"]
    first = next(iter(catalogue.entries.values()))
    drafts = tuple(
        DraftTranslation(f"A DRAFT OF {one}", TextOrigin.PERSON, one, "2026-11-20", first.source_hash)
        for one in ("translator", "second-translator")
    )
    reviewed = with_translation(first, "=A REVIEWED TEXT", state=State.REVIEWED, origin=TextOrigin.PERSON)
    changed = {first.key: replace(reviewed, by="reviewer", on="2026-11-21", drafts=drafts)}
    file.write_bytes(po_bytes(replace(catalogue, entries={**catalogue.entries, **changed})))
    assert b"A DRAFT OF translator" in file.read_bytes()
    try:
        files = download(desk.childx)
        assert "'=A REVIEWED TEXT" in files["texts/sv.csv"].decode()
        assert b"A DRAFT" not in b"".join(files.values())
    finally:
        file.write_bytes(kept)


def test_link_in_the_folder_of_downloads_goes_nowhere(desk: SigningDesk) -> None:  # noqa: F811
    (desk.downloads / "childx").mkdir(parents=True)
    (desk.downloads / "childx/accounts").symlink_to(desk.site.data / "accounts.sqlite3")
    (desk.downloads / "childx/data").symlink_to(desk.site.data)
    (desk.downloads / "childx/.hidden").write_text("x")
    assert [name for name in download(desk.childx) if name.startswith("for-you")] == []


def test_member_of_no_partner_has_nothing_to_download(desk: SigningDesk) -> None:  # noqa: F811
    page = desk.stranger.get("/own")
    assert (page.status, "is no partner of the study" in page.text) == (200, True)
    assert "html" in desk.stranger.post("/own").headers["content-type"]


@pytest.mark.parametrize("path", ["/", "/own", "/statements/"])
def test_partner_file_that_is_broken_is_said_and_the_texts_stay_open(desk: SigningDesk, path: str) -> None:  # noqa: F811
    file = desk.site.study / "partners/childx.toml"
    kept = file.read_text()
    file.write_text("name = ")
    try:
        assert desk.childx.get("/translate/sv").status == 200
        assert desk.childx.get(path).status == (200 if path == "/" else 503)
    finally:
        file.write_text(kept)
    assert desk.childx.get(path).status == 200


@pytest.mark.parametrize(
    ("counts", "names"),
    [
        ("", ["link k7 120", "language sv 340"]),
        ("help_opened = true", ["link k7 120", "language sv 340", "help opened 1510"]),
        ("on = false\nhelp_opened = true", ["help opened 1510"]),
    ],
)
def test_counts_in_the_download_are_those_of_the_study(tmp_path: Path, counts: str, names: list[str]) -> None:
    folder = make_study(tmp_path, settings=f"{SETTINGS}\n[counts]\n{counts}\n")
    (folder / "partners").mkdir()
    (folder / "partners/childx.toml").write_text('name = "ChildX"\n')
    settings = read_study_folder(folder).settings
    assert settings is not None
    counted = {("link", "k7"): 120, ("link", "m3"): 50, ("language", "sv"): 340, ("help", "opened"): 1510}
    partner = StudyPartner("childx", "ChildX", languages=("sv",), links=("k7",))
    sources = OwnSources(settings, folder, partner, (), {}, counted, None, (), None, date(2026, 11, 28))
    (file,) = [one for one in own_files(sources) if one.name == "counts.csv"]
    rows = csv.reader(io.StringIO(file.content.decode()))
    assert [" ".join(row) for row in rows] == ["kind name at least", *names]
