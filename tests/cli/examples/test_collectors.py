"""Examples from a key to a locked dataset: a practice survey is frozen, served, answered, archived and opened."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kuule.cli.commands import lock
from kuule.collector.served.onion_address import onion_name
from kuule.store import edition_archive
from kuule.usecases.collecting.onion_key_copies import NAME_FILE, SECRET_FILE
from tests.cli.examples.example_runs import ExampleRoom
from tests.cli.test_end import signed
from tests.deployment.small_host import PUBLIC, make_host
from tests.ports import free_port
from tests.sealing.test_onion_key import made
from tests.study.small_study import SETTINGS, make_study


class Later(datetime):
    """The clock of a day after the last on which answers can be taken back."""

    @classmethod
    def now(cls, tz: object = None) -> datetime:
        return datetime(2040, 2, 1, tzinfo=UTC)


@pytest.mark.matrix
def test_examples_from_a_key_to_a_dataset_run(room: ExampleRoom) -> None:
    settings = SETTINGS.replace("small-study", "my-study") + "\n[coming_back]\nwithdraw_until = 2039-06-30\n"
    make_study(room.folder / "my-study", settings=settings)
    room.run("keys new")
    assert room.run("keys show")[0]["for"] == "for rehearsal"
    assert len(room.run("keys list")[0]["keys"]) == 2
    assert room.run("freeze")[0]["rehearsal"] is True
    room.run("database new")
    port = str(free_port())
    with room.serve("serve", "--port", port, "--workers", "1", "--no-scrub-memory") as told:
        assert told["address"] == f"http://127.0.0.1:{port}"
        [came] = room.run("rehearse", "--url", told["address"])
        room.names["http://127.0.0.1:8000"] = told["address"]
        assert room.run("verify")[0]["wrong"] == 0
        stated, metrics = room.run("status", "--address", told["address"])
        assert (stated["phase"], stated["broken"]) == ("open", 0)
        assert metrics["metrics"].endswith("# EOF\n")
    looked, upgraded = room.run("upgrade")
    assert ([part["format"] for part in looked["parts"]], upgraded["studies"]) == (
        ["edition", "database of answers"],
        ["my-study"],
    )
    assert room.run("counts")[0]["counting"] is True
    assert room.run("launch")[0]["phase"] == "open"
    assert room.run("close")[0]["phase"] == "finishing"
    assert room.run("reopen")[0]["phase"] == "open"
    hidden, listed = room.run("hide")
    bris = {"country": "SE", "name": "Bris", "kind": "child"}
    assert (hidden["changed"], hidden["hidden"], listed["hidden"]) == (True, [bris], [bris])
    assert room.run("archive")[0]["envelopes"] == came["sent"]
    (room.folder / "backups").mkdir(mode=0o700)
    assert room.run("backup")[0]["answers"] == came["sent"]
    assert room.run("restore")[0]["study"] == "my-study"
    assert room.run("open")[0]["responses"] == came["sent"]
    assert room.run("forget")[0]["taken_out"] == 0
    for module in (edition_archive, lock):
        room.patch.setattr(module, "datetime", Later)
    room.names["answers.archive"] = "later.archive"
    room.run("archive")
    room.run("lock")
    room.names["2026-11-01"] = datetime.now(UTC).date().isoformat()
    room.run("keys destroyed")


def test_examples_of_the_end_of_a_study_run(room: ExampleRoom) -> None:
    settings = SETTINGS.replace("small-study", "my-study") + "\n[field_period]\ncloses = 2026-01-10\n"
    make_study(room.folder / "my-study", settings=settings)
    for command in ("keys new", "freeze", "database new"):
        room.run(command)
    (room.folder / "backups").mkdir()
    assert [one["state"] for one in room.run("retention")[0]["items"]] == ["kept"] * 2
    assert room.run("end collector")[0]["done"] == ["archived"]
    [archive] = (room.folder / "last").iterdir()
    room.names |= {"answers.archive": str(archive), "last/a.kuule-archive": str(archive)}
    room.names |= {"practice-answers": "last-answers"}
    room.run("open")
    room.run("lock")
    assert room.run("end analyst")[0]["done"] == ["opened"]
    destroyed = ["dataset=last-answers", "key=keys", f"archives={room.folder / 'last'}"]
    said = [part for one in destroyed for part in ("--destroy", one)]
    nothing = [part for kind in ("projects", "sheets", "free-space") for part in ("--none", kind)]
    assert room.run("end analyst", *said, *nothing, "--study", "my-study")[0]["waits_for"] is None
    nothing = [part for kind in ("token-secret", "onion-key", "archives", "free-space") for part in ("--none", kind)]
    assert room.run("end collector", "--destroy", "backups=backups", *nothing)[0]["waits_for"] is None
    assert [one["state"] for one in room.run("retention")[0]["items"]] == ["destroyed"] * 2
    assert room.run_apart("end workbench")["done"] == ["accounts"]
    [made] = room.run("end certificate")
    lines = [signed(room.folder / "certificate", room.folder, name) for name in ("lead", "steward")]
    (room.folder / "signers").write_text("".join(lines), "utf-8")
    [verified] = room.run("end verify")
    assert (verified["sha256"], [one["name"] for one in verified["signatures"]]) == (
        made["sha256"],
        ["lead", "steward"],
    )
    assert room.run("end site")[0]["languages"] == ["en", "sv", "ar"]


def test_examples_of_an_onion_service_run(room: ExampleRoom) -> None:
    key, folder = made(bytes(range(32))), room.folder / "tor"
    folder.mkdir(mode=0o700)
    secret, public = key.files
    (folder / SECRET_FILE).write_bytes(secret)
    (folder / "hs_ed25519_public_key").write_bytes(public)
    (folder / NAME_FILE).write_text(f"{onion_name(key.public)}\n", "utf-8")
    room.names |= {"/var/lib/tor/kuule": "tor", "/var/lib/tor/new": "restored"}
    addresses = [room.run(command)[0]["address"] for command in ("onion backup", "onion restore")]
    assert addresses == [f"http://{onion_name(key.public)}"] * 2


def test_example_of_a_machine_runs(room: ExampleRoom) -> None:
    host = make_host(room.folder)
    host.file.write_text(PUBLIC, "utf-8")
    [told] = room.run("deploy")
    assert (told["study"], told["applied"], {each["state"] for each in told["files"]}) == (
        "small-study",
        False,
        {"new"},
    )
