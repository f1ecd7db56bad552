"""The documentation and what it is made of or speaks of: generated parts, links, the index, `make`, versions."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from kuule.backup import backup_manifest
from kuule.dataset.schema import dataset_info
from kuule.disclosure import ledger_format
from kuule.forms import record
from kuule.qualitative.project import project_storage
from kuule.sealing import archive, envelope_header, key_text
from kuule.study.edition import study_edition
from tests.architecture.sources import ROOT, project_files, script

DOCS = ROOT / "docs"
PAGES = sorted(path for path in project_files() if path.suffix == ".md" and path.is_relative_to(DOCS))
TOP = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FORMATS = {
    "edition": (study_edition.EDITION_FORMAT, study_edition.KNOWN_EDITION_FORMATS),
    "record": (record.VERSION, (record.VERSION,)),
    "envelope": (envelope_header.VERSION, (envelope_header.VERSION,)),
    "key file": (key_text.VERSION, (key_text.VERSION,)),
    "archive": (archive.VERSION, (1, archive.VERSION)),
    "backup": (backup_manifest.VERSION, (backup_manifest.VERSION,)),
    "dataset": (dataset_info.DATASET_FORMAT, dataset_info.READABLE_FORMATS),
    "project of open answers": (project_storage.PROJECT_FORMAT, (project_storage.PROJECT_FORMAT,)),
    "ledger": (ledger_format.FORMAT, ledger_format.FORMATS),
}


def targets(page: Path) -> set[Path]:
    """The files of the project that a page links to; code is no link."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    found = {link.partition("#")[0] for link in LINK.findall(text) if not link.startswith(("http", "#", "mailto"))}
    return {(page.parent / link).resolve() for link in found}


def test_generated_parts_are_in_step_with_the_source() -> None:
    """Run `make docs`, or `make fix`."""
    assert [path.name for path in script("generated_docs").outdated(ROOT)] == []


def test_a_generated_part_that_is_old_is_noticed() -> None:
    page = "<!-- made by scripts/generated_docs.py from here: x -->\nold\n<!-- end -->\nrest\n"
    made = script("generated_docs").renewed(page, "x", ["new", "lines"])
    assert made == page.replace("old", "new\nlines")
    with pytest.raises(LookupError):
        script("generated_docs").renewed(page, "y", [])


def test_every_package_says_what_it_is() -> None:
    rows = [line.split(" | ") for line in script("module_table").lines(ROOT)[2:]]
    assert [row[0] for row in rows if len(row[1].removesuffix(" |")) < len("A sentence.")] == []


@pytest.mark.parametrize(
    ("docstring", "sentence"),
    [
        ("One. Two.", "One."),
        ("Files that are whole\nor not there. More.", "Files that are whole or not there."),
        ("A first line\n\nA paragraph.", "A first line"),
        ("What e.g. the store | reads.", "What e.g. the store \\| reads."),
    ],
)
def test_the_first_sentence_is_taken(tmp_path: Path, docstring: str, sentence: str) -> None:
    module = tmp_path / "one.py"
    module.write_text(f'"""{docstring}"""\n', "utf-8")
    assert script("module_table").first_sentence(module) == sentence


def test_every_link_of_a_page_leads_to_a_file_that_is_there() -> None:
    pages = [*PAGES, *TOP]
    assert [(page.name, str(to)) for page in pages for to in targets(page) if not to.exists()] == []
    assert len(pages) > 40


def test_every_page_is_in_the_index() -> None:
    """Directly, or for decisions and problems by their own."""
    index = targets(DOCS / "README.md")
    own = {DOCS / "decisions", DOCS / "reference" / "problems", DOCS / "pictures"}
    missing = [page for page in PAGES if page not in index and page != DOCS / "README.md" and page.parent not in own]
    assert [page.name for page in missing] == []


def make_targets() -> set[str]:
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE)
    assert phony is not None
    return set(phony[1].split()) - {"help", "python"}


def test_make_help_names_every_command() -> None:
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^make ([a-z-]+)", said, flags=re.MULTILINE)) == make_targets()


def test_contributing_names_every_command() -> None:
    said = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert {name for name in make_targets() if f"| `make {name}` |" not in said} == set()


def test_pages_name_commands_of_make_that_are_there() -> None:
    named = {
        (page.name, name)
        for page in [*PAGES, *TOP]
        for name in re.findall(r"`make ([a-z-]+)[ `]", page.read_text("utf-8"))
    }
    assert {each for each in named if each[1] not in make_targets() | {"help"}} == set()


def test_format_numbers_are_those_in_the_documentation() -> None:
    page = (DOCS / "reference" / "versions.md").read_text("utf-8")
    rows = re.findall(r"^\| \[([^\]]+)\]\([^)]+\) \| (\d+) \| ([\d, ]+) \|$", page, flags=re.MULTILINE)
    said = {name: (int(written), tuple(int(each) for each in read.split(", "))) for name, written, read in rows}
    assert said == FORMATS


def project_version() -> str:
    """What a checkout without a tag says it is."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["kuule"]["next-version"]) + ".dev0"


def test_the_changelog_has_no_section_yet_of_the_version_that_is_worked_on() -> None:
    released = re.findall(
        r"^## \[([0-9.]+)\] - \d{4}-\d{2}-\d{2}$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    assert project_version().removesuffix(".dev0") not in released[1:]


def test_wheels_in_the_documentation_are_of_this_version() -> None:
    named = {
        name for page in PAGES for name in re.findall(r"kuule-([^-`']+)-py3-none-any\.whl", page.read_text("utf-8"))
    }
    assert named == {project_version()}


def test_files_that_contributing_names_are_there() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = set(re.findall(r"`((?:src|tests|docs|scripts)/[A-Za-z0-9_./-]+)`", page))
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
    assert len(named) > 15


def test_the_hook_before_a_commit_is_make_check() -> None:
    assert "entry: make check\n" in (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
