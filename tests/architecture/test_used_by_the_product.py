"""A public function that only tests call is a road that nobody else goes: what it proves may not hold for the product.

Names alone are compared, so one that two functions have is taken as used where either is. What is used counts from the
product, from bench/, drafting/ and scripts/; from templates; and by a name in a string, as Django and Granian have it.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import ROOT, SRC, modules, name_of, nodes_of, tree_of

ONLY_TESTS = {
    "collector/server/collector_server.py: check_can_serve": "a machine is judged without a server that listens",
    "store/transactions/writer.py: writer_connection": "a test holds the only writer, to see who waits",
}
"""Functions that only tests call, each with its reason."""
_FILLED = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
CALLED_BY_OTHERS = {
    "cli/kuule_command.py: KuuleCommand.format_help": "Typer",
    "cli/kuule_command.py: KuuleCommand.get_params": "Typer",
    "cli/kuule_command.py: KuuleCommand.invoke": "Typer",
    "register/writing/yaml_writing.py: _Dumper.choose_scalar_style": "PyYAML",
    "register/writing/yaml_writing.py: _Dumper.ignore_aliases": "PyYAML",
    "register/writing/yaml_writing.py: _Dumper.increase_indent": "PyYAML",
    "store/fields.py: RowIdField.db_type": "Django",
    "study_import/html_text.py: _TextReader.handle_data": "html.parser",
    "study_import/html_text.py: _TextReader.handle_endtag": "html.parser",
    "study_import/html_text.py: _TextReader.handle_startendtag": "html.parser",
    "usecases/demo/report_site.py: _ReportServer.handle_error": "socketserver",
    "usecases/demo/report_site.py: _ReportHandler.list_directory": "http.server",
    "usecases/demo/report_site.py: _ReportHandler.log_message": "http.server",
    "usecases/monitoring/status_socket.py: _StatusHandler.do_GET": "http.server",
    "usecases/monitoring/status_socket.py: _StatusHandler.log_message": "http.server",
    "usecases/monitoring/status_socket.py: StatusServer.process_request": "socketserver",
    "usecases/monitoring/status_socket.py: StatusServer.process_request_thread": "socketserver",
    "web/loopback_server.py: LoopbackHandler.address_string": "http.server",
    "web/loopback_server.py: LoopbackHandler.log_message": "http.server",
    "web/loopback_server.py: LoopbackServer.server_bind": "socketserver",
    "web/loopback_server.py: _QuietHandler.log_exception": "wsgiref",
    "web/redacted_logging.py: RedactingFormatter.formatException": "logging",
    "workbench/accounts/account_views.py: RemovePasskey.form_valid": "Django",
    "workbench/accounts/allauth_adapters.py: AccountAdapter.is_open_for_signup": "django-allauth",
    "workbench/accounts/allauth_adapters.py: SecondFactorAdapter.get_totp_issuer": "django-allauth",
    "workbench/uploaded_files.py: UploadInMemory.file_complete": "Django",
    "workbench/uploaded_files.py: UploadInMemory.handle_raw_input": "Django",
    "workbench/uploaded_files.py: UploadInMemory.new_file": "Django",
    "workbench/uploaded_files.py: UploadInMemory.receive_data_chunk": "Django",
}
"""Methods that replace one of a class that is not ours, which calls them."""


def test_every_public_function_is_called_by_the_product() -> None:
    assert set(unused()) == {*ONLY_TESTS, *CALLED_BY_OTHERS}


def unused() -> Iterator[str]:
    """Every public function whose name is read nowhere but in itself."""
    uses, templates = _uses(), _templates()
    for module in modules():
        for owner, function in _functions(tree_of(module)):
            inside = range(function.lineno, (function.end_lineno or function.lineno) + 1)
            elsewhere = [one for one in uses[function.name] if one[0] != module or one[1] not in inside]
            if not elsewhere and function.name not in templates and not _is_command(function):
                yield f"{name_of(module)}: {owner}{function.name}"


def _functions(tree: ast.Module | ast.ClassDef, owner: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield owner, node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{owner}{node.name}.")


def _is_command(function: ast.FunctionDef) -> bool:
    """What a decorator such as `app.command("new")` takes up."""
    return any(
        isinstance(one, ast.Call) and ast.unparse(one.func).endswith(".command") for one in function.decorator_list
    )


def _uses() -> dict[str, set[tuple[Path, int]]]:
    """Where each name is read: by itself, of something, under another name, or as the end of a dotted string."""
    uses: dict[str, set[tuple[Path, int]]] = defaultdict(set)
    for module in (
        *modules(),
        *(path for name in ("bench", "drafting", "scripts") for path in (ROOT / name).rglob("*.py")),
    ):
        for node in nodes_of(module):
            if isinstance(node, ast.Name):
                uses[node.id].add((module, node.lineno))
            elif isinstance(node, ast.Attribute):
                uses[node.attr].add((module, node.lineno))
            elif isinstance(node, ast.alias) and node.asname:
                uses[node.name].add((module, node.lineno))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                for name in re.findall(r"[\w.]+[.:](\w+)|^(\w+)$", node.value):
                    uses[name[0] or f"{name[1]}()"].add((module, node.lineno))
    _take_up_commands(uses)
    return uses


def _take_up_commands(uses: dict[str, set[tuple[Path, int]]]) -> None:
    """The list of commands has each function's name beside its module's."""
    listed = SRC / "cli" / "command_list.py"
    for node in nodes_of(listed):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            uses[node.value].add((listed, node.lineno))


def _templates() -> frozenset[str]:
    """Every word of a template; of one in Markdown, those that are no prose."""
    endings = {".html", ".typ", ".txt"}
    texts = [path.read_text("utf-8") for path in SRC.rglob("*") if path.suffix in endings]
    texts += [" ".join(_FILLED.findall(path.read_text("utf-8"))) for path in SRC.rglob("*.md")]
    return frozenset(word for text in texts for word in re.findall(r"\w+", text))
