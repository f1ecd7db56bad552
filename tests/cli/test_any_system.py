"""What is done offline, on a system that lacks what Unix alone has (`other_system.py`)."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from kuule.cli.command_list import COMMANDS
from tests.architecture.sources import SRC, modules, name_of, nodes_of, text_of, tree_of
from tests.cli.conftest import answer_edition
from tests.cli.other_system import MODULES, elsewhere
from tests.frozen import in_few_languages

SERVERS = ("store", "collector", "workbench")


def test_everything_offline_works_without_what_unix_alone_has(tmp_path: Path) -> None:
    settings = in_few_languages(tmp_path / "study", "ar") / "study.toml"
    nothing_is_taken_back = re.sub(r"(?m)^withdraw_until.*$", "", settings.read_text("utf-8"))
    settings.write_text(nothing_is_taken_back, "utf-8")
    made = elsewhere(
        tmp_path,
        ["check", "study"],
        ["keys", "new", "study", "--to", "keys", "--rehearsal"],
        ["translate", "export", "study", "--to", "sent", "--language", "ar"],
        ["translate", "import", "study", "sent/ar.po"],
    )
    assert made == {}
    [public] = (tmp_path / "keys").glob("*.public-key")
    [secret] = (tmp_path / "keys").glob("*.secret-key")
    assert secret.stat().st_mode & 0o777 == 0o600
    assert elsewhere(tmp_path, ["freeze", "study", "--key", str(public), "--to", "edition", "--drafts"]) == {}
    archive = answer_edition(tmp_path / "edition", tmp_path, 60)
    done = elsewhere(
        tmp_path,
        ["open", str(archive), "--key", str(secret), "--to", "dataset"],
        ["export", "dataset", "--to", "exported"],
        ["report", "dataset", "--to", "report"],
        ["report", "dataset", "--to", "report"],
        ["analyse", "dataset", "--to", "analysis", "--item", "age_band", "--by", "gender"],
        ["lock", "dataset", "--archive", str(archive)],
    )
    assert done == {}
    left = [path.name for path in tmp_path.rglob(".*") if path.name.endswith((".held", ".new", ".next"))]
    assert (left, (tmp_path / "report" / "report.html").is_file()) == ([], True)


def test_help_of_every_command_is_shown_without_what_unix_alone_has(tmp_path: Path) -> None:
    assert elsewhere(tmp_path, ["--help"], *([name, "--help"] for name in COMMANDS)) == {}


def test_nothing_offline_imports_what_unix_alone_has() -> None:
    """`sealing/memory_protection.py` does, inside functions that do without; the sites run on Unix, and so does the
    process that shows a lead a visit, which only the workbench starts."""
    found = set()
    for module in modules():
        if name_of(module).split("/")[0] not in SERVERS and any(name in text_of(module) for name in MODULES):
            found |= {(name_of(module), name) for name in imported_at_the_top(tree_of(module)) & set(MODULES)}
    assert found == {("web/listen_address.py", "resource"), ("preview/visit_process.py", "resource")}


def imported_at_the_top(tree: ast.Module) -> set[str]:
    names = set()
    for node in tree.body:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def test_text_that_is_written_offline_has_the_same_bytes_on_every_system() -> None:
    """Windows writes two characters for the end of a line, unless it is told otherwise."""
    found = []
    for module in (module for module in modules() if module.relative_to(SRC).parts[0] not in SERVERS):
        for node in nodes_of(module) if "write_text" in text_of(module) else ():
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr == "write_text" and "newline" not in {keyword.arg for keyword in node.keywords}:
                found.append(f"{name_of(module)}:{node.lineno}")
    assert found == []
