"""The order of the packages (decision 0000, "Layers") holds, and borders that are not a matter of order."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Set
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, SRC, imports_of, modules, name_of, nodes_of, package_of, text_of

DJANGO_MAY_BE_IN = frozenset({"store", "web", "collector", "workbench", "usecases", "desk", "preview", "cli"})
XFORM = frozenset(f"forms/xform/{path.name}" for path in (SRC / "forms" / "xform").glob("*.py"))
XLIFF = frozenset(f"translation/formats/{path.name}" for path in (SRC / "translation/formats").glob("xliff*.py"))
LXML_MAY_BE_IN = (
    XFORM
    | XLIFF
    | {
        "dataset/exports/ddi.py",
        "destruction/certificate_html.py",
        "forms/xlsform/cell_writing.py",
        "qualitative/refi_qda/qde_writing.py",
        "qualitative/refi_qda/refi_xml.py",
        "static_site/atom_xml.py",
        "static_site/lone_page.py",
        "study_import/form_readers/limesurvey_xml.py",
        "rehearsal/browser.py",
        "rehearsal/html_form.py",
        "translation/memory/tmx.py",
        "verification/page_checks.py",
        "verification/site_reader.py",
        "verification/verification_page.py",
    }
)


def lint_imports(config: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(program), "--config", str(config), "--no-cache"]
    return subprocess.run(command, cwd=config.parent, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_contracts_of_pyproject_are_kept() -> None:
    outcome = lint_imports(ROOT / "pyproject.toml")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.slow
def test_contracts_notice_an_import_upward(tmp_path: Path) -> None:
    low, high = tmp_path / "kuule" / "errors.py", tmp_path / "kuule" / "cli.py"
    low.parent.mkdir()
    (low.parent / "__init__.py").touch()
    low.write_text("import kuule.cli\n")
    high.touch()
    config = tmp_path / "pyproject.toml"
    config.write_text(
        '[tool.importlinter]\nroot_package = "kuule"\n'
        '[[tool.importlinter.contracts]]\nname = "order"\ntype = "layers"\n'
        'containers = ["kuule"]\nexhaustive = true\nlayers = ["cli", "errors"]\n'
    )
    outcome = lint_imports(config)
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    assert "kuule.errors -> kuule.cli" in outcome.stdout


def users_of(library: str) -> list[Path]:
    return [module for module in modules() if any(name.split(".")[0] == library for name in imports_of(module))]


def test_django_stays_at_or_above_store() -> None:
    found = {package_of(module) for module in users_of("django")}
    assert found >= {"store", "collector"}
    assert found <= DJANGO_MAY_BE_IN


def test_lxml_stays_in_the_xform_the_xliff_the_ddi_the_feed_and_the_rehearsal() -> None:
    found = {name_of(module) for module in users_of("lxml")}
    assert "forms/xform/xform_reader.py" in found
    assert found <= LXML_MAY_BE_IN


@pytest.mark.parametrize("library", ["polars", "pyreadstat"])
def test_library_of_the_analyst_is_not_loaded_by_what_is_online(library: str) -> None:
    allowed = {"dataset", "analysis", "disclosure", "publishing"}
    assert {package_of(module) for module in users_of(library)} <= allowed


def test_scipy_stays_in_what_chance_would_do() -> None:
    assert {name_of(module).rpartition("/")[0] for module in users_of("scipy")} == {"analysis/inference/stats"}


def calls(module: Path) -> Set[str]:
    named = (node.func for node in nodes_of(module) if isinstance(node, ast.Call))
    return {node.id if isinstance(node, ast.Name) else getattr(node, "attr", "") for node in named}


def calls_of(name: str, module: Path) -> bool:
    return name in text_of(module) and name in calls(module)


def test_only_disclosure_makes_a_released_table_and_a_release_reads_one_back() -> None:
    makers = {name_of(module) for module in modules() if calls_of("ReleasedTable", module)}
    assert makers == {"disclosure/release.py", "releases/table_json.py"}


def test_only_the_ruling_on_quotes_makes_a_released_quote_and_a_release_reads_one_back() -> None:
    makers = {name_of(module) for module in modules() if calls_of("ReleasedQuote", module)}
    assert makers == {"qualitative/quotes/ruling.py", "releases/quote_json.py"}
