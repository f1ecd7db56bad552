"""What an upgrade finds, whatever somebody names: whole, half, newer, foreign; and what it asks before it begins."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from kuule.core.problems import KuuleError, Problem
from kuule.usecases.upgrading.carry_out_upgrade import UpgradeConsent, carry_out_upgrade
from kuule.usecases.upgrading.format_table import FORMATS
from kuule.usecases.upgrading.installation_parts import read_part
from kuule.usecases.upgrading.upgrade_plan import Installation, UpgradePlan, plan_upgrade
from tests.installations.making import unpack

BEFORE = "before-0.1.0"
"""Made by a version with an earlier store, an earlier workbench, and earlier formats of a dataset and a ledger."""
STUDY = "ways-through-town"
TODAY = date(2026, 11, 28)
READY = UpgradeConsent(backup_unchecked=True)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """To be read and not to be written to."""
    return unpack(BEFORE, tmp_path_factory.mktemp("left"))


@pytest.fixture
def left(whole: Path, tmp_path: Path) -> Path:
    copy = Path(shutil.copytree(whole, tmp_path / "left"))
    (copy / "workbench").chmod(0o700)
    return copy


def carry_out(installation: Installation, plan: UpgradePlan, consent: UpgradeConsent = READY) -> UpgradePlan:
    """By somebody who names the study that it is of."""
    named: list[str] = []
    done = carry_out_upgrade(installation, plan, consent, today=TODAY, confirm=named.append)
    assert named == ([STUDY] if plan.migrated else [])
    return done


def codes(found: UpgradePlan | pytest.ExceptionInfo[KuuleError]) -> list[str]:
    problems = found.problems if isinstance(found, UpgradePlan) else found.value.problems
    return [problem.code for problem in problems]


def whole_of(left: Path, **more: object) -> Installation:
    given = {"files": (left / "edition",), "database": f"sqlite:///{left / 'store.sqlite3'}", **more}
    return Installation(**given)  # type: ignore[arg-type]  # fields by name


def test_parts_are_known_by_what_is_in_them(whole: Path) -> None:
    results = whole / "results"
    found = {
        read_part(path).format: read_part(path).number
        for path in (
            whole / "edition", whole / "answers.archive", results / "growing/dataset",
            results / f"locked/{STUDY}.releases.json", whole / "keys/town.public-key",
        )
    }  # fmt: skip
    assert found == {
        "edition": 3, "archive, with its list of withdrawals": 2, "dataset": 2, "ledger": 4, "key file": 1,
    }  # fmt: skip


def newer(path: Path, name: str, member: str = "format") -> Path:
    read = json.loads((path / name).read_text("utf-8"))
    (path / name).write_text(json.dumps({**read, member: 99}), "utf-8")
    return path


def test_newer_and_forgotten_numbers_are_told_apart(left: Path) -> None:
    edition = newer(left / "edition", "edition.json")
    dataset = left / "results/growing/dataset"
    read = json.loads((dataset / "dataset.json").read_text("utf-8"))
    (dataset / "dataset.json").write_text(json.dumps({**read, "format": 1}), "utf-8")
    plan = plan_upgrade(Installation((edition, dataset, left / "answers.archive")))
    assert codes(plan) == ["UPGRADE_002", "UPGRADE_003"]
    assert [step.format for step in plan.steps] == ["archive, with its list of withdrawals"]
    assert [str(99) in problem.cause for problem in plan.problems] == [True, False]


def broken(left: Path) -> dict[str, Path]:
    half = left / "half"
    half.mkdir()
    (half / "edition.json").write_text('{"format": "three"}', "utf-8")
    archive = left / "half.archive"
    archive.write_bytes((left / "answers.archive").read_bytes()[:1000])
    foreign = left / "foreign.zip"
    with zipfile.ZipFile(foreign, "w") as file:
        file.writestr("manifest.json", '{"format": "a game", "version": 7}')
    deep = left / "deep.releases.json"
    deep.write_text("[" * 100_000, "utf-8")
    empty = left / "empty.public-key"
    empty.write_bytes(b"\xff\xfe")
    project = left / "no.project"
    project.write_bytes(b"not a database at all, and long enough to be one" * 100)
    dataset = left / "dataset"
    dataset.mkdir()
    (dataset / "dataset.json").write_text("[]", "utf-8")
    return {
        "half an edition": half, "half an archive": archive, "a foreign zip": foreign, "a deep ledger": deep,
        "a key of other bytes": empty, "a project that is none": project, "a dataset that is a list": dataset,
        "nothing": left / "nothing", "a folder of something": left / "study",
    }  # fmt: skip


def test_half_and_foreign_parts_are_refused_in_words_and_hinder_no_other(left: Path) -> None:
    parts = broken(left)
    plan = plan_upgrade(Installation((*parts.values(), left / "edition")))
    assert codes(plan) == ["UPGRADE_001"] * len(parts)
    assert [step.format for step in plan.steps] == ["edition"]


def test_edition_that_lacks_a_file_is_refused(left: Path) -> None:
    (left / "edition/form.xml").unlink()
    plan = plan_upgrade(whole_of(left))
    assert codes(plan) != []
    with pytest.raises(KuuleError):
        carry_out(whole_of(left), plan, READY)


@pytest.mark.slow
def test_plan_says_what_is_brought_forward_how_long_and_what_cannot_go_back(left: Path) -> None:
    before = (left / "store.sqlite3").read_bytes()
    plan = plan_upgrade(whole_of(left, workbench=left / "workbench"))
    said = [(step.format, step.number, step.becomes, len(step.migrations)) for step in plan.migrated]
    store, accounts = FORMATS["database of answers"].written, FORMATS["database of the workbench"].written
    assert said == [
        ("database of answers", 5, store, store - 5),
        ("database of the workbench", 5, accounts, accounts - 5),
    ]
    assert all(step.seconds for step in plan.migrated)
    assert (plan.studies, plan.stop_reasons, plan.problems) == ((STUDY,), (), ())
    assert (left / "store.sqlite3").read_bytes() == before


def test_nothing_is_changed_without_a_backup(left: Path) -> None:
    before, installation = (left / "store.sqlite3").read_bytes(), whole_of(left)
    with pytest.raises(KuuleError) as raised:
        carry_out(installation, plan_upgrade(installation), UpgradeConsent())
    assert (codes(raised), (left / "store.sqlite3").read_bytes() == before) == (["UPGRADE_004"], True)


def test_nothing_is_changed_where_another_study_is_named(left: Path) -> None:
    def refuse(study: str) -> None:
        raise KuuleError(Problem("CLI_028", study, "no", "no"))

    before, installation = (left / "store.sqlite3").read_bytes(), whole_of(left)
    with pytest.raises(KuuleError, match="CLI_028 ways-through-town"):
        carry_out_upgrade(installation, plan_upgrade(installation), READY, today=TODAY, confirm=refuse)
    assert (left / "store.sqlite3").read_bytes() == before


def test_database_without_an_edition_is_nobodys(left: Path) -> None:
    installation = whole_of(left, files=())
    with pytest.raises(KuuleError) as raised:
        carry_out(installation, plan_upgrade(installation), READY)
    assert codes(raised) == ["UPGRADE_007"]


def test_a_second_time_nothing_is_left_to_do(left: Path) -> None:
    installation = whole_of(left)
    done = carry_out(installation, plan_upgrade(installation), READY)
    assert (done.migrated, done.problems) == ((), ())
    assert carry_out(installation, done, UpgradeConsent()) == done


def test_what_needs_a_stop_is_not_done_while_nobody_says_so(left: Path) -> None:
    plan = plan_upgrade(whole_of(left))
    stops = UpgradePlan(plan.version, plan.steps, plan.studies, ("0099_x: Remove field tag from response",), ())
    with pytest.raises(KuuleError) as raised:
        carry_out(whole_of(left), stops, READY)
    assert codes(raised) == ["UPGRADE_006"]
    stopped = UpgradeConsent(backup_unchecked=True, collectors_stopped=True)
    assert carry_out(whole_of(left), stops, stopped).migrated == ()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_folder_that_may_not_be_written_is_said(left: Path) -> None:
    left.chmod(0o500)
    try:
        assert codes(plan_upgrade(whole_of(left))) == ["STORE_007"]
    finally:
        left.chmod(0o700)


def test_damaged_database_and_accounts_are_said(left: Path) -> None:
    (left / "store.sqlite3").write_bytes(b"x" * 70_000)
    (left / "workbench/accounts.sqlite3").write_bytes(b"x" * 70_000)
    plan = plan_upgrade(whole_of(left, workbench=left / "workbench"))
    assert (codes(plan)[0], codes(plan)[1:]) == ("STORE_008", ["WORKBENCH_012"])
    assert codes(plan_upgrade(Installation(workbench=left / "none"))) == ["WORKBENCH_012"]


@pytest.mark.slow
def test_accounts_of_a_newer_version_are_refused(left: Path) -> None:
    with closing(sqlite3.connect(left / "workbench/accounts.sqlite3")) as line:
        line.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('workbench', '0099_later', '2027-01-01')"
        )
        line.commit()
    assert codes(plan_upgrade(Installation(workbench=left / "workbench"))) == ["WORKBENCH_025"]
