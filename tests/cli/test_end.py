"""`kuule end`, over three machines: what each does, what waits for what, and a certificate that anybody can verify."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.commands import end, lock
from kuule.cli.console import Exit
from kuule.store import edition_archive
from kuule.store.database import close_connections
from kuule.store.rows.withdrawals import withdraw_response
from kuule.study.folder.key_record import read_key_record
from kuule.usecases.collecting.field_orders import find_survey
from tests.cli.conftest import STUDY, Kit
from tests.killed_acts import command_killed_at
from tests.patience import PATIENCE

CLOSED = datetime(2027, 12, 1, tzinfo=UTC)


class Later(datetime):
    """The clock of a day after the last on which answers of our-voice can be taken back."""

    @classmethod
    def now(cls, tz: object = None) -> datetime:
        return datetime(2028, 2, 1, tzinfo=UTC)


@pytest.fixture
def over(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> Kit:
    """A survey that three people answered, one of whom took it back; closed, and everything promised is over."""
    kit.answer(["18_to_24", "25_to_34", "35_to_44"])
    withdraw_response(1000 + 17)
    find_survey(Path(kit.edition_folder), kit.database, CLOSED).close()
    close_connections()
    for module in (edition_archive, lock, end):
        monkeypatch.setattr(module, "datetime", Later)
    for name in ("backups", "laptop"):
        (kit.folder / name).mkdir()
    (kit.folder / "token-secret").write_bytes(bytes(32))
    return kit


def collector(kit: Kit, *more: str) -> int:
    places = {"records": "records", "archives": "archives"}
    options = [part for name, path in places.items() for part in (f"--{name}", str(kit.folder / path))]
    said = [f"backups={kit.folder / 'backups'}", f"token-secret={kit.folder / 'token-secret'}"]
    destroy = [part for one in said for part in ("--destroy", one)]
    rest = ["--keep", "onion-key=the address stays with the organisation", "--none", "free-space"]
    rest += ["--witnessed", "archives=administrator"]
    command = ["end", "collector", kit.edition_folder, "--database", kit.database, *options, *destroy, *rest]
    return run([*command, *more])


def analyst(kit: Kit, *more: str) -> int:
    return run(analyst_command(kit, *more))


def analyst_command(kit: Kit, *more: str) -> list[str]:
    [archive] = (kit.folder / "archives").glob("*.kuule-archive")
    command = ["end", "analyst", "--records", str(kit.folder / "records"), "--archive", str(archive)]
    said = ["--destroy", f"archives={kit.folder / 'archives'}", "--destroy", f"key={kit.folder / 'keys'}"]
    said += ["--witnessed", "sheets=research lead and two holders", "--none", "projects", "--none", "free-space"]
    return [*command, "--dataset", str(kit.folder / "dataset"), *said, *more]


def opened(kit: Kit) -> None:
    [archive] = (kit.folder / "archives").glob("*.kuule-archive")
    to = str(kit.folder / "dataset")
    assert run(["open", str(archive), "--key", kit.secret, "--to", to]) == Exit.DONE
    assert run(["lock", to, "--archive", str(archive)]) == Exit.DONE


def signed(folder: Path, keys: Path, name: str) -> str:
    """A key of this name, and its signature of the certificate. Returns its line among the signers."""
    key = keys / name
    run_program("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(key))
    run_program("ssh-keygen", "-Y", "sign", "-f", str(key), "-n", "kuule-destruction", str(folder / "certificate.json"))
    (folder / "certificate.json.sig").rename(folder / f"certificate.json.{name}.sig")
    return f"{name} {key.with_suffix('.pub').read_text()}"


def run_program(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)


def test_study_ends_on_three_machines_with_a_certificate_that_two_people_sign(
    over: Kit, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert collector(over) == Exit.PROBLEM
    assert "CLI_028" in capsys.readouterr().err
    assert collector(over, "--study", "our-voice") == Exit.DONE
    assert "have to be opened" in capsys.readouterr().err
    opened(over)
    study = tmp_path / "study"
    study.mkdir()
    shutil.copy(STUDY / "study.toml", study)
    answers = ("--keep", "dataset=for ten years, as the ethics board decided")
    assert analyst(over, *answers, "--study", "our-voice") == Exit.PROBLEM
    assert "END_016" in capsys.readouterr().err
    more = (*answers, "--keep", "open-answers=quotes are still released", "--study-folder", str(study))
    assert analyst(over, *more, "--study", "our-voice") == Exit.DONE
    said = capsys.readouterr()
    assert f"destroy {over.secret}" in said.err
    assert not Path(over.secret).exists()
    assert Path(over.public).exists()
    assert [one.by for one in read_key_record(study)] == ["research lead and two holders"]
    assert collector(over, "--study", "our-voice") == Exit.DONE
    assert not (over.folder / "collector.sqlite3").exists()
    certificate = ["end", "certificate", "--records", str(over.folder / "records"), "--to", str(tmp_path / "signed")]
    assert run(certificate) == Exit.PROBLEM
    assert "END_011 workbench" in capsys.readouterr().err
    assert run([*certificate, "--without-workbench"]) == Exit.DONE
    first = {path.name: path.read_bytes() for path in (tmp_path / "signed").iterdir()}
    assert sorted(first) == ["certificate.html", "certificate.json", "certificate.pdf"]
    assert run([*certificate, "--without-workbench"]) == Exit.DONE
    assert {path.name: path.read_bytes() for path in (tmp_path / "signed").iterdir()} == first
    told = json.loads(first["certificate.json"])
    assert told["editions"][0]["edition"] == over.edition.id
    kept = {one["step"]: one["kept"] for one in told["steps"] if one["kept"]}
    assert sorted(kept) == ["dataset", "onion-key", "open-answers"]


def test_certificate_is_verified_offline_and_every_forgery_is_refused(
    over: Kit, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    collector(over, "--study", "our-voice")
    opened(over)
    assert analyst(over, "--destroy", f"dataset={over.folder / 'dataset'}", "--study", "our-voice") == Exit.DONE
    assert not (over.folder / "dataset").exists()
    assert collector(over, "--study", "our-voice") == Exit.DONE
    folder, keys = tmp_path / "signed", tmp_path / "ssh"
    keys.mkdir()
    command = ["end", "certificate", "--records", str(over.folder / "records"), "--to", str(folder)]
    assert run([*command, "--without-workbench"]) == Exit.DONE
    signers = tmp_path / "signers"
    lines = [signed(folder, keys, "research-lead")]
    assert run(["end", "verify", str(folder)]) == Exit.PROBLEM
    assert "END_013 certificate.json: 1 signed it" in capsys.readouterr().err
    shutil.copy(folder / "certificate.json.research-lead.sig", folder / "certificate.json.somebody.sig")
    assert run(["end", "verify", str(folder)]) == Exit.PROBLEM, "one key is one person"
    (folder / "certificate.json.somebody.sig").unlink()
    lines.append(signed(folder, keys, "data-steward"))
    signers.write_text("".join(lines))
    capsys.readouterr()
    assert run(["end", "verify", str(folder), "--signers", str(signers)]) == Exit.DONE
    assert "signed by data-steward, key SHA256:" in capsys.readouterr().out
    assert run(["end", "verify", str(folder), "--signers", str(tmp_path / "nowhere")]) == Exit.PROBLEM
    assert "END_019" in capsys.readouterr().err
    other = folder / "certificate.json.Research-Lead.sig"
    (folder / "certificate.json.data-steward.sig").rename(other)
    assert run(["end", "verify", str(folder)]) == Exit.PROBLEM, "two keys of one name are one person"
    other.rename(folder / "certificate.json.data-steward.sig")
    capsys.readouterr()
    signers.write_text(lines[0])
    assert run(["end", "verify", str(folder), "--signers", str(signers)]) == Exit.PROBLEM
    assert "END_013 certificate.json.data-steward.sig" in capsys.readouterr().err
    document = folder / "certificate.json"
    document.write_bytes(document.read_bytes().replace(b'"practice":true', b'"practice":false'))
    assert run(["end", "verify", str(folder)]) == Exit.PROBLEM
    assert "END_013" in capsys.readouterr().err, "whole, and not what was signed"
    document.write_bytes(document.read_bytes().replace(b'"study":', b'"study" :'))
    assert run(["end", "verify", str(folder)]) == Exit.PROBLEM
    assert "END_012" in capsys.readouterr().err


def test_nothing_is_opened_that_is_not_what_the_collector_made(over: Kit, capsys: pytest.CaptureFixture[str]) -> None:
    collector(over, "--study", "our-voice")
    [archive] = (over.folder / "archives").glob("*.kuule-archive")
    to = str(over.folder / "dataset")
    assert run(["open", str(archive), "--key", over.secret, "--to", to]) == Exit.DONE
    capsys.readouterr()
    given = ("--destroy", f"dataset={to}", "--study", "our-voice")
    assert analyst(over, *given) == Exit.PROBLEM
    assert f"END_006 {to}: it is not locked" in capsys.readouterr().err
    whole = archive.read_bytes()
    archive.write_bytes(whole[:-1])
    assert analyst(over, *given) == Exit.PROBLEM
    assert f"END_005 {archive.name}" in capsys.readouterr().err
    archive.write_bytes(whole)
    assert Path(over.secret).exists()


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but what the collector has."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("collector.sqlite3"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.slow
@pytest.mark.parametrize("every", [9, pytest.param(1, marks=pytest.mark.whole)])
def test_analyst_who_is_killed_at_any_step_and_runs_it_again_has_the_same(over: Kit, every: int) -> None:
    """Also what keys.toml says. Each run is killed a few acts later than the one before it, until one ends."""
    collector(over, "--study", "our-voice")
    opened(over)
    (over.folder / "study").mkdir()
    shutil.copy(STUDY / "study.toml", over.folder / "study")
    more = ("--destroy", f"dataset={over.folder / 'dataset'}", "--study-folder", str(over.folder / "study"))
    command = analyst_command(over, *more, "--study", "our-voice")
    whole = content(over.folder)
    wanted: dict[str, bytes] = {}
    for act in range(1, 500, every):
        ended = not command_killed_at(act, over.folder, *command)
        if not ended:
            assert run(command) == Exit.DONE
        left = content(over.folder)
        days = {name: text for name, text in left.items() if name.startswith("records/") or name == "study/keys.toml"}
        assert not [name for name in left if name.startswith(("dataset/", "keys/test.rehearsal.secret"))], act
        wanted = wanted or days
        assert sorted(days) == sorted(wanted), act
        assert left.keys() - days.keys() <= whole.keys(), act
        if ended:
            return
        for name in left.keys() - whole.keys():
            (over.folder / name).unlink()
        for name, text in whole.items():
            (over.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (over.folder / name).write_bytes(text)
    pytest.fail("it never came to its end")
