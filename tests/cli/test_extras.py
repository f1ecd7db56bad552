"""Kuule without its extras: each command says which it needs and how to get it, and the others do their work."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from kuule.cli.command_list import COMMANDS, GROUPS, REQUIRED_EXTRAS
from kuule.core.extras import EXTRA_MODULES, install_commands, missing_extra_problem
from kuule.core.problems import Problem
from tests.study.small_study import make_study

ROOT = Path(__file__).resolve().parents[2]
WITHOUT = """\
import contextlib, io, json, sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {modules!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Blocker())
from kuule.cli.app import run

said = []
for arguments in json.load(sys.stdin):
    with contextlib.redirect_stderr(io.StringIO()) as err, contextlib.redirect_stdout(io.StringIO()) as out:
        code = run(arguments)
    said.append([code, err.getvalue()])
print(json.dumps(said))
"""
WITH_THE_CORE = {"pydantic"}
"""Modules of an extra that are there without it: Typer needs them."""
EVERY = sorted({module for modules in EXTRA_MODULES.values() for module in modules} - WITH_THE_CORE)
ARGUMENTS = {
    "serve": ["edition", "--database", "sqlite:///kept"],
    "workbench": ["study", "--data", "data"],
    "invite": ["study", "--data", "data"],
    "archive": ["edition", "out"],
    "backup": ["backups", "--edition", "edition"],
    "restore": ["backup"],
    "counts": ["edition"],
    "close": ["edition"],
    "reopen": ["edition"],
    "launch": ["edition"],
    "hide": ["edition"],
    "retention": ["edition", "--records", "records", "--database", "sqlite:///kept"],
    "status": ["edition"],
    "upgrade": ["edition", "--check"],
    "open": ["archive", "--to", "dataset"],
    "forget": ["archive", "--dataset", "dataset"],
    "lock": ["dataset"],
    "export": ["dataset", "--to", "out"],
    "analyse": ["dataset", "--to", "out"],
    "report": ["dataset", "--to", "out"],
    "publish": ["release", "--to", "out"],
    "brief": ["release", "--register", "register", "--country", "FI", "--provision", "limitation", "--to", "out"],
    "demo": ["--once"],
    "desk": ["project", "--as", "reader-1"],
    "answers": ["list", "project"],
    "network": ["check", "study"],
    "project": ["status", "project"],
    "register": ["check", "register"],
    "kit": ["study", "--to", "kits"],
    "ethics": ["study", "--to", "papers"],
    "calendar": ["study"],
    "preview": ["study"],
    "print": ["study", "--to", "papers"],
    "identifiers": ["measure", "en.txt"],
}


def without(modules: list[str], folder: Path, *commands: list[str]) -> list[tuple[int, str]]:
    """The exit code and the talk of each command, in a Python in which these modules are not installed."""
    outcome = subprocess.run(
        [sys.executable, "-c", WITHOUT.format(modules=modules)],
        input=json.dumps(commands), cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert outcome.returncode == 0, outcome.stderr
    return [(code, said) for code, said in json.loads(outcome.stdout)]


def test_every_command_says_which_extra_is_missing_and_how_to_get_it(tmp_path: Path) -> None:
    commands = [[name, *arguments] for name, arguments in ARGUMENTS.items()]
    outcomes = dict(zip(ARGUMENTS, without(EVERY, tmp_path, *commands), strict=True))
    needs = {**REQUIRED_EXTRAS, "forget": ("analysis",)}
    assert {name for name, (code, said) in outcomes.items() if code != 1 or "Traceback" in said} == set()
    assert {name: tuple(re.findall(r"extra '(\w+)' is not", said)) for name, (_, said) in outcomes.items()} == needs
    assert outcomes["report"][1].splitlines()[0].startswith("CLI_040 kuule report: the extra 'analysis' is not")
    assert install_commands("analysis") in outcomes["report"][1]
    assert list(tmp_path.iterdir()) == []


def test_one_package_that_is_missing_is_named(tmp_path: Path) -> None:
    [(code, said)] = without(["pyreadstat"], tmp_path, ["export", "dataset", "--to", "out"])
    assert (code, said.splitlines()[0]) == (
        1,
        "CLI_040 kuule export: the extra 'analysis' is not installed here (pyreadstat not found)",
    )


def test_other_commands_do_their_work_without_any_extra(tmp_path: Path) -> None:
    make_study(tmp_path / "study")
    key = ["keys", "new", "study", "--to", "keys", "--rehearsal"]
    commands = [["check", "study"], key, *([name, "--help"] for name in (*COMMANDS, *GROUPS)), ["--help"]]
    outcomes = without(EVERY, tmp_path, *commands)
    assert [(code, said) for code, said in outcomes if code != 0] == []
    [public] = (tmp_path / "keys").glob("*.public-key")
    frozen = ["freeze", "study", "--key", str(public), "--to", "edition", "--drafts"]
    translated = ["translate", "export", "study", "--to", "sent"]
    assert [code for code, _ in without(EVERY, tmp_path, frozen, translated)] == [0, 0]


def test_every_command_is_in_the_table_of_what_is_needed() -> None:
    plain = {
        "new",
        "import",
        "check",
        "completion",
        "doctor",
        "schema",
        "freeze",
        "rehearse",
        "forget",
        "verify",
        "deploy",
    }
    assert set(REQUIRED_EXTRAS) | plain == {
        *COMMANDS, "answers", "identifiers", "network", "project", "register",
    }  # fmt: skip


def test_what_each_command_needs_is_in_the_documentation() -> None:
    page = (ROOT / "docs" / "reference" / "cli.md").read_text("utf-8")
    section = page.split("## Extras")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in section.splitlines() if line.startswith("| `")]
    names = {*COMMANDS, *REQUIRED_EXTRAS}
    said = {name: {extra for extra, *_, commands in rows if f"`{name}`" in commands} for name in names}
    assert said == {name: {f"`{extra}`" for extra in REQUIRED_EXTRAS.get(name, ())} for name in names}


def test_modules_of_each_extra_are_of_its_packages() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    asked = {
        extra: {canonicalize_name(Requirement(each).name) for each in names if not each.startswith("kuule[")}
        for extra, names in extras.items()
        if extra not in {"all", "dev", "docs"}  # what builds and tests Kuule: no module of it needs them
    }
    brought = dict(packages_distributions())
    brought |= {module: [module] for module in ("spacy", "gliner") if module not in brought}  # not in the test lock
    held = {
        extra: {canonicalize_name(name) for module in modules for name in brought[module]}
        for extra, modules in EXTRA_MODULES.items()
    }
    assert {extra: names - {"psycopg-binary"} for extra, names in held.items()} == asked


@pytest.mark.parametrize(("module", "extra"), [("jinja2.ext", "collector"), ("polars", "analysis"), ("typst", "keys")])
def test_module_is_said_to_be_of_the_extra_that_the_command_is_likely_to_want(module: str, extra: str) -> None:
    found = missing_extra_problem(module, (extra,), "kuule x")
    assert isinstance(found, Problem)
    assert f"the extra {extra!r}" in found.cause


@pytest.mark.parametrize("module", ["kuule.clee", None, "json"])
def test_module_of_no_extra_is_a_fault(module: str | None) -> None:
    assert missing_extra_problem(module, ("analysis",), "kuule x") is None


@pytest.mark.parametrize(
    ("marker", "begins"),
    [("pipx_metadata.json", "pipx install --force '"), ("uv-receipt.toml", "uv tool install --force '")],
)
def test_installation_by_a_tool_is_made_anew_by_that_tool(
    marker: str, begins: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / marker).touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    command = install_commands("analysis")
    assert (command.startswith(begins), command.endswith("-py3-none-any.whl[all]'")) == (True, True)
    assert install_commands("gliner").endswith("[all,gliner]'")
