"""The kit for openers by others: its example needs nothing of ours, its vectors are frozen, it finds what is wrong."""

from __future__ import annotations

import ast
import hashlib
import importlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kuule.core.problems import KuuleError
from kuule.opening.decryption import OpenError, open_envelope
from kuule.opening.private_key import PrivateKey
from kuule.sealing.envelope import SealedResponse

KIT = Path(__file__).resolve().parents[2] / "conformance" / "envelope"
VECTORS = KIT / "vectors"
CASES: list[dict[str, Any]] = json.loads((VECTORS / "cases.json").read_text("utf-8"))["cases"]
OF_EACH_KIND = ("a record", "nothing", "with a key that is mistyped")
RELEASED = "94d867a8eda6d7f018248d7abd85dd4f4c26c02a0b7a9cf4b9504274860896d3"


@pytest.fixture
def kit(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    monkeypatch.syspath_prepend(str(KIT))
    return importlib.import_module


def wanted(case: dict[str, Any]) -> bytes | str:
    return (VECTORS / case["record"]).read_bytes() if "record" in case else str(case["refused"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_example_opens_what_opens_and_says_why_the_rest_stays_closed(
    case: dict[str, Any], kit: Callable[[str], ModuleType]
) -> None:
    example = kit("example_opener")
    names = {"study": case["study"], "edition": bytes.fromhex(case["edition"]), "row": int(case["row"])}
    try:
        secret, kind = example.read_key((VECTORS / f"{case['key']}.key").read_text("utf-8"))
        envelope = (VECTORS / case["envelope"]).read_bytes()
        found = example.open_envelope(envelope, secret, kind, row_key=bytes.fromhex(case["row-key"]), **names)
    except example.Refused as refused:
        found = str(refused)
    assert found == wanted(case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_kuule_itself_passes(case: dict[str, Any]) -> None:
    found: bytes | str
    try:
        key = PrivateKey.from_text((VECTORS / f"{case['key']}.key").read_text("utf-8"))
    except KuuleError:
        found = "unreadable_key"
    else:
        envelope = (VECTORS / case["envelope"]).read_bytes()
        row = SealedResponse(int(case["row"]), bytes.fromhex(case["row-key"]), envelope)
        try:
            found = open_envelope(row, key, study_id=case["study"], edition_id=case["edition"].lower())
        except OpenError as closed:
            found = closed.reason
    assert found == wanted(case)


def test_example_needs_nothing_of_kuule() -> None:
    for name in ("example_opener.py", "check_opener.py"):
        tree = ast.parse((KIT / name).read_text("utf-8"))
        named = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
        named |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        assert {one.split(".")[0] for one in named} - set(sys.stdlib_module_names) <= {"cryptography"}


def test_vectors_are_not_edited() -> None:
    digest = hashlib.sha256()
    for path in sorted(VECTORS.iterdir()):
        digest.update(f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    assert digest.hexdigest() == RELEASED


def test_every_frozen_vector_is_in_the_kit() -> None:
    frozen = Path(__file__).resolve().parents[1] / "vectors"
    vectors = [
        one
        for name in ("envelope-1.json", "envelope-1-npm.json")
        for one in json.loads((frozen / name).read_text("utf-8"))["vectors"]
    ]
    held = {(VECTORS / case["envelope"]).read_bytes().hex(): case for case in CASES}
    assert [one["name"] for one in vectors if one["envelope"] not in held] == []
    assert [case["name"] for case in CASES[: len(vectors)]] == [one["name"] for one in vectors]


@pytest.fixture
def checked(kit: Callable[[str], ModuleType], tmp_path: Path) -> Callable[..., dict[str, str]]:
    """What the kit says of a program, by the name of a case: of one case of each kind."""
    checker = kit("check_opener")

    def check(program: str, **named: bool) -> dict[str, str]:
        path = tmp_path / "opener.py"
        path.write_text(program, "utf-8")
        cases = [case for case in CASES if case["name"] in OF_EACH_KIND]
        return {case["name"]: checker.difference_of(case, [sys.executable, str(path)], **named) for case in cases}

    return check


@pytest.mark.slow
def test_kit_passes_the_example_as_a_program(checked: Callable[..., dict[str, str]]) -> None:
    example = (KIT / "example_opener.py").read_text("utf-8")
    assert checked(example) == dict.fromkeys(OF_EACH_KIND, "")


@pytest.mark.slow
def test_kit_finds_a_program_that_opens_everything(checked: Callable[..., dict[str, str]]) -> None:
    assert checked("print('opened')") == {
        "a record": "53 bytes are in it, and 7 others came",
        "nothing": "it has to stay closed (not_an_envelope), and the program ended with 0",
        "with a key that is mistyped": "it has to stay closed (unreadable_key), and the program ended with 0",
    }


@pytest.mark.slow
def test_kit_finds_a_program_that_refuses_everything_or_writes_before_it_does(
    checked: Callable[..., dict[str, str]],
) -> None:
    refuses = "import sys; print('not_an_envelope', file=sys.stderr); sys.exit(1)"
    assert checked(refuses) == {
        "a record": "it has to open, and ended with 1: 'not_an_envelope'",
        "nothing": "",
        "with a key that is mistyped": "the reason is unreadable_key, and it said 'not_an_envelope'",
    }
    assert checked(refuses, only_refused=True)["with a key that is mistyped"] == ""
    assert checked(f"print('half'); {refuses}")["nothing"] == "it has to stay closed, and 5 bytes were written"


@pytest.mark.whole
def test_kit_says_that_all_is_well_and_what_is_not() -> None:
    command = [sys.executable, str(KIT / "check_opener.py"), sys.executable]
    passed = subprocess.run([*command, str(KIT / "example_opener.py")], capture_output=True, text=True, check=False)
    assert (passed.returncode, passed.stdout) == (0, f"{len(CASES)} of {len(CASES)} cases as they should be\n")
    failed = subprocess.run([*command, "-c", "pass"], capture_output=True, text=True, check=False)
    assert (failed.returncode, failed.stdout.splitlines()[-1]) == (1, f"1 of {len(CASES)} cases as they should be")


def test_kit_says_what_it_cannot_start(kit: Callable[[str], ModuleType], capsys: pytest.CaptureFixture[str]) -> None:
    checker = kit("check_opener")
    assert checker.main(["/nowhere/opener"]) == 2
    assert capsys.readouterr().err == "/nowhere/opener could not be started: No such file or directory\n"
    assert checker.main([]) == 2


def test_values_in_between_are_those_of_the_page(kit: Callable[[str], ModuleType]) -> None:
    example, case = kit("example_opener"), CASES[0]
    page = (KIT.parents[1] / "docs" / "reference" / "envelope.md").read_text("utf-8")
    secret, kind = example.read_key((VECTORS / "secret.key").read_text("utf-8"))
    key, envelope = example.XWing(secret), (VECTORS / case["envelope"]).read_bytes()
    key_id = hashlib.sha256(b"kuule key id 1\0" + kind + key.public).digest()[:8]
    info = example.info_of(case["study"], bytes.fromhex(case["edition"]), int(case["row"]), key_id)
    shared = key.shared_secret(envelope[52:1172])
    for name, value in example.key_schedule(shared, info)._asdict().items():
        assert f"| `{name}` | `{value.hex()}` |" in page
    assert f"| `shared` | `{shared.hex()}` |" in page
    parts = (info[:18], info[18:29], info[29:31], info[63:73], info[73:])
    assert [one.hex() for one in parts if f"`{one.hex()}`" not in page] == []
