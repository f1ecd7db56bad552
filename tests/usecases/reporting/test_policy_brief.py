"""From a release and a register to a brief: only what two people approved, and words with a cure for all else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kuule.core.problems import KuuleError
from kuule.publishing.brief.ordered_brief import BriefOptions
from kuule.releases.publication_release import ReleaseApproval
from kuule.releases.release_folder import release_content_hash, write_release
from kuule.usecases.reporting.policy_brief import make_brief
from tests.publishing.brief.small_brief import TODAY, WHOLE, checked_register
from tests.releases.small_release import description, small_release

OPTIONS = BriefOptions("fi", "limitation")


def released(folder: Path, *names: str, **known: object) -> Path:
    """A release that these people approved."""
    release = small_release(**known)
    content = release_content_hash(release)
    approvals = tuple(ReleaseApproval(name, "lead", date(2027, 2, 1), content) for name in names)
    return write_release(replace(release, approvals=approvals), folder).path


def places(folder: Path, text: str = WHOLE) -> tuple[Path, Path, Path]:
    """A release, a register and the text of a brief, which a country has of its own."""
    texts = folder / "briefs"
    texts.mkdir()
    (texts / "limitation.en.md").write_text(text, "utf-8")
    register = checked_register(folder / "register")
    return released(folder / "release", "Anna", "Bo"), register, texts


def codes(folder: Path, **changes: object) -> list[str]:
    release, register, texts = places(folder)
    known = {"release": release, "register": register, "options": replace(OPTIONS, text=texts), **changes}
    with pytest.raises(KuuleError) as raised:
        make_brief(known["release"], known["register"], folder / "out", options=known["options"], today=TODAY)
    assert not (folder / "out").exists()
    assert all(one.remedy for one in raised.value.problems)
    return [one.code for one in raised.value.problems]


def test_brief_is_written_as_page_and_document(tmp_path: Path) -> None:
    release, register, texts = places(tmp_path)
    written = make_brief(release, register, tmp_path / "out", options=replace(OPTIONS, text=texts), today=TODAY)
    assert [one.name for one in written] == ["limitation-FI.en.html", "limitation-FI.en.pdf"]
    assert written[1].read_bytes().startswith(b"%PDF-")


def test_a_countrys_own_text_comes_first(tmp_path: Path) -> None:
    release, register, texts = places(tmp_path)
    (texts / "limitation.FI.en.md").write_text(WHOLE.replace("Time to tell", "Of this country"), "utf-8")
    page, _ = make_brief(release, register, tmp_path / "out", options=replace(OPTIONS, text=texts), today=TODAY)
    assert "<h1>Of this country</h1>" in page.read_text("utf-8")


def test_release_that_one_person_approved(tmp_path: Path) -> None:
    assert codes(tmp_path, release=released(tmp_path / "other", "Anna")) == ["RELEASE_010"]


def test_release_before_its_day_says_so(tmp_path: Path) -> None:
    _, register, texts = places(tmp_path)
    early = released(tmp_path / "early", "Anna", "Bo", description=description(day=date(2027, 6, 1)))
    page, _ = make_brief(early, register, tmp_path / "out", options=replace(OPTIONS, text=texts), today=TODAY)
    assert "Not for publication before 1 June 2027." in page.read_text("utf-8")


def title_of(page: Path) -> str:
    return page.read_text("utf-8").partition("<h1>")[2].partition("</h1>")[0]


def test_text_that_was_approved_with_the_release_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And a country's own text before that for every country; another text only if somebody names it."""
    _, register, texts = places(tmp_path, WHOLE.replace("Time to tell", "Of the folder"))
    monkeypatch.chdir(tmp_path)
    briefs = {"limitation.en.md": WHOLE, "limitation.SE.en.md": WHOLE.replace("Time to tell", "Of Sweden")}
    release = released(tmp_path / "with", "Anna", "Bo", briefs=briefs)

    def made(**changed: object) -> str:
        options = replace(OPTIONS, **changed)
        return title_of(make_brief(release, register, tmp_path / "out", options=options, today=TODAY)[0])

    assert (made(), made(country="SE"), made(text=texts)) == ("Time to tell", "Of Sweden", "Of the folder")


def test_release_without_a_text_leaves_it_to_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release, register, _ = places(tmp_path, WHOLE.replace("Time to tell", "Of the folder"))
    monkeypatch.chdir(tmp_path)
    page, _ = make_brief(release, register, tmp_path / "out", options=OPTIONS, today=TODAY)
    assert title_of(page) == "Of the folder"
    options = replace(OPTIONS, language="sv")
    with pytest.raises(
        KuuleError, match=r"BRIEF_022 briefs: there is no text for this brief: .*, in the release or in"
    ):
        make_brief(release, register, tmp_path / "out", options=options, today=TODAY)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (replace(OPTIONS, language="fr"), "BRIEF_020"),
        (replace(OPTIONS, country="DE"), "BRIEF_021"),
        (replace(OPTIONS, provision="limits"), "BRIEF_021"),
        (replace(OPTIONS, provision="ranking-2025"), "BRIEF_021"),
        (replace(OPTIONS, language="sv"), "BRIEF_022"),
    ],
)
def test_brief_that_there_cannot_be(options: BriefOptions, code: str, tmp_path: Path) -> None:
    assert codes(tmp_path, options=replace(options, text=tmp_path / "briefs")) == [code]


def test_register_that_does_not_check(tmp_path: Path) -> None:
    broken = checked_register(tmp_path / "broken")
    (broken / "standards" / "resolution.yaml").unlink()
    assert set(codes(tmp_path, register=broken)) == {"REGISTER_006"}


def test_text_that_nobody_reviewed(tmp_path: Path) -> None:
    release, register, texts = places(tmp_path, WHOLE.replace("state: reviewed", "state: draft-one"))
    options = replace(OPTIONS, text=texts)
    with pytest.raises(KuuleError, match="BRIEF_024"):
        make_brief(release, register, tmp_path / "out", options=options, today=TODAY)
    page, _ = make_brief(release, register, tmp_path / "out", options=replace(options, drafts=True), today=TODAY)
    assert "This text is a draft that nobody has reviewed yet." in page.read_text("utf-8")


def test_text_that_is_not_utf8(tmp_path: Path) -> None:
    release, register, texts = places(tmp_path)
    (texts / "limitation.en.md").write_bytes("# Tid\xe4\n".encode("latin-1"))
    with pytest.raises(KuuleError, match="BRIEF_022"):
        make_brief(release, register, tmp_path / "out", options=replace(OPTIONS, text=texts), today=TODAY)
