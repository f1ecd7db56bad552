"""A certificate follows from its records, in one form of bytes; records that were changed are refused."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from kuule.core.problems import KuuleError
from kuule.destruction.certificate import CERTIFICATE_FILE, DestructionCertificate, certificate_of
from kuule.destruction.certificate_html import certificate_html
from kuule.destruction.certificate_pdf import certificate_pdf
from kuule.destruction.certificate_signatures import check_signatures
from kuule.destruction.certificate_words import certificate_facts, certificate_tables
from kuule.destruction.ending_record import Destroyed, EndedArchive, EndedEdition, EndingRecord, Way, canonical_json
from kuule.destruction.ending_steps import FIRST_STEPS, STEPS, EndingMachine, EndingStep
from kuule.destruction.records_folder import RecordsFolder, study_of_records
from kuule.destruction.storage_medium import Doubt
from kuule.usecases.ending.certificate_files import read_certificate, write_certificate
from tests.special_files import SPECIAL_FILES

DAY = date(2028, 3, 1)
EDITION, KEY = "e" * 64, "0123456789abcdef"
ARCHIVE = EndedArchive("small-study.kuule-archive", "a" * 64, EDITION)
ARCHIVED = EndingRecord(
    "small-study",
    "collector",
    EndingStep.ARCHIVED,
    DAY,
    editions=(EndedEdition(EDITION, KEY, "11111 22222 33333 44444 55555 66666"),),
    archives=(ARCHIVE,),
    organisation="Föreningen",
    closed_on=date(2027, 3, 1),
    delete_by=date(2028, 2, 29),
    rows="b" * 64,
)


def records() -> list[EndingRecord]:
    """A study that ended on three machines."""
    found = [ARCHIVED]
    for machine in EndingMachine:
        for place, step in enumerate(STEPS[machine]):
            if step is EndingStep.OPENED:
                found.append(EndingRecord("small-study", machine, step, DAY, archives=(ARCHIVE,)))
            elif step not in FIRST_STEPS:
                gone = Destroyed(f"file-{place}", Way.OVERWRITTEN, (Doubt.FLASH,))
                found.append(EndingRecord("small-study", machine, step, DAY, destroyed=(gone,)))
    return found


def test_order_of_the_records_makes_no_difference() -> None:
    made = certificate_of(sorted(records(), key=lambda one: (one.machine, one.step)))
    assert DestructionCertificate.from_bytes(made.to_bytes()) == made
    assert len(made.steps) == len(records()) - 2


@pytest.mark.parametrize("left_out", range(len(records())))
def test_nothing_is_certified_that_no_record_has(left_out: int) -> None:
    found = records()
    gone = found.pop(left_out)
    with pytest.raises(KuuleError, match=rf"END_011 {gone.machine}"):
        certificate_of(found)


def test_second_collector_has_to_be_done_too() -> None:
    second = replace(ARCHIVED, machine="second", archives=(replace(ARCHIVE, sha256="c" * 64),))
    with pytest.raises(KuuleError) as raised:
        certificate_of([*records(), second])
    said = [str(problem) for problem in raised.value.problems]
    assert len(said) == len(STEPS[EndingMachine.COLLECTOR])
    assert "END_011 second: its last archives are not among those that were opened" in said[-1]


def test_study_without_a_workbench_says_so() -> None:
    found = [one for one in records() if one.machine != "workbench"]
    assert certificate_of(found, with_workbench=False).study == "small-study"


def test_page_and_paper_say_what_may_be_left_and_why_something_stays() -> None:
    found = records()
    kept = replace(found[2], destroyed=(), kept="for <ten> years")
    none = replace(found[3], destroyed=())
    made = certificate_of([*found[:2], kept, none, *found[4:]])
    page: lxml.html.HtmlElement = lxml.html.document_fromstring(certificate_html(made))
    words = " ".join(page.text_content().split())
    assert "for <ten> years" in words
    assert "It may not be gone everywhere: a solid-state disk may keep it" in words
    assert page.xpath("//script | //link | //img") == []
    titles = [table.title for table in certificate_tables(made)]
    assert ("What is kept, and why" in titles, "What there was none of" in titles) == (True, True)
    assert dict(certificate_facts(made))["SHA-256 of certificate.json"] == made.sha256
    pdf = certificate_pdf(made)
    assert (pdf[:5], certificate_pdf(made)) == (b"%PDF-", pdf)


def test_practice_is_said_first() -> None:
    edition = replace(ARCHIVED.editions[0], practice=True)
    made = certificate_of([replace(ARCHIVED, editions=(edition,)), *records()[1:]])
    assert certificate_facts(made)[0][0] == "Practice"


def what_is_read(folder: RecordsFolder) -> str:
    """Whether its only record is as it was, another one, or refused."""
    try:
        [read] = folder.records()
    except KuuleError as error:
        return error.problems[0].code
    return "as it was" if read == ARCHIVED else "another"


def test_record_that_was_changed_is_refused(tmp_path: Path) -> None:
    folder = RecordsFolder(tmp_path, "small-study")
    folder.write(ARCHIVED)
    file = tmp_path / "collector.archived.json"
    content = file.read_bytes()
    assert folder.records() == (ARCHIVED,)
    chance = random.Random(7)
    for _ in range(200):
        place = chance.randrange(len(content))
        file.write_bytes(content[:place] + bytes([content[place] ^ chance.randrange(1, 256)]) + content[place + 1 :])
        assert what_is_read(folder) != "as it was", "another letter of a text at the most, no other form of the same"
    file.write_bytes(content)
    (tmp_path / "collector.store.json").write_bytes(content)
    with pytest.raises(KuuleError, match=r"END_001 .*it says that it is collector\.archived\.json"):
        folder.records()


@pytest.mark.parametrize("kind", SPECIAL_FILES)
def test_record_or_certificate_that_is_no_file_is_refused(tmp_path: Path, kind: str) -> None:
    make, said = SPECIAL_FILES[kind]
    for name in ("collector.archived.json", CERTIFICATE_FILE):
        make(tmp_path / name)
    for read in (lambda: study_of_records(tmp_path), RecordsFolder(tmp_path, "small-study").records):
        with pytest.raises(KuuleError, match=f"END_001 .*{said}"):
            read()
    with pytest.raises(KuuleError, match=f"END_012 .*{said}"):
        read_certificate(tmp_path)
    with pytest.raises(KuuleError, match=f"END_019 .*{said}"):
        check_signatures(tmp_path, tmp_path / CERTIFICATE_FILE)


def test_record_of_another_study_is_refused(tmp_path: Path) -> None:
    RecordsFolder(tmp_path, "small-study").write(ARCHIVED)
    with pytest.raises(KuuleError, match=r"END_001 .*of the study 'small-study', and not of 'other'"):
        RecordsFolder(tmp_path, "other").records()


@pytest.mark.parametrize(
    "lacking", [{"archives": ()}, {"editions": ()}, {"closed_on": None}, {"delete_by": None}, {"rows": ""}]
)
def test_last_archives_without_what_others_rely_on_are_no_record(tmp_path: Path, lacking: dict[str, Any]) -> None:
    """Without a hash nothing had to be opened, and a collector could destroy its store."""
    content = {**ARCHIVED.to_json(), **{name: value or "" for name, value in lacking.items()}}
    content |= {name: [] for name, value in lacking.items() if value == ()}
    (tmp_path / "collector.archived.json").write_bytes(canonical_json(content))
    with pytest.raises(KuuleError, match=r"END_001 .*last archives have editions, hashes and days"):
        RecordsFolder(tmp_path, "small-study").records()


def test_nothing_is_to_be_deleted_before_it_was_closed() -> None:
    with pytest.raises(ValueError, match="before the closing"):
        replace(ARCHIVED, delete_by=date(2027, 2, 28))


@pytest.mark.parametrize("hostile", ["\x1b[2J", "a\u202eb", "a\nb", "a\x00b", "a" * 301])
def test_certificate_with_a_text_that_a_terminal_would_obey_is_refused(hostile: str) -> None:
    made = certificate_of(records())
    edition, archive = made.editions[0], made.archives[0]
    for other in (
        replace(made, organisation=hostile),
        replace(made, study=hostile),
        replace(made, editions=((*edition[:2], hostile),)),
        replace(made, archives=((hostile, *archive[1:]),)),
        replace(made, steps=(replace(made.steps[0], kept=hostile),)),
        replace(made, steps=(replace(made.steps[0], machine=hostile),)),
    ):
        with pytest.raises(KuuleError, match="END_012"):
            DestructionCertificate.from_bytes(other.to_bytes())


def test_certificate_is_not_written_among_the_records(tmp_path: Path) -> None:
    folder = RecordsFolder(tmp_path, "small-study")
    for record in records():
        folder.write(record)
    with pytest.raises(KuuleError, match=r"END_018 .*these are the records"):
        write_certificate(tmp_path, tmp_path / "." / "")
    assert len(folder.records()) == len(records())


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b'{"format":1}', b"\xff", b"[" * 100_000])
def test_what_is_no_certificate_is_refused(content: bytes) -> None:
    with pytest.raises(KuuleError, match="END_012"):
        DestructionCertificate.from_bytes(content)


@pytest.mark.parametrize(("made", "cause"), [(True, "no record of a study's end in it"), (False, "no such folder")])
def test_folder_without_records_says_which_of_both_it_is(tmp_path: Path, made: bool, cause: str) -> None:
    if made:
        (tmp_path / "records").mkdir()
    with pytest.raises(KuuleError, match=f"END_001 .*{cause}"):
        study_of_records(tmp_path / "records")
