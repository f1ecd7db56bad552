"""What is done offline, on a system that lacks what Unix alone has. It is simulated: no Windows was at hand.

Our modules see an `os` and a `signal` without those names, and cannot import the modules; a folder cannot be opened as
a file. The standard library and other packages, which know the system they run on, see all of it.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

from kuule.cli.command_list import COMMANDS
from tests.architecture.sources import SRC, modules, name_of, nodes_of, tree_of
from tests.cli.conftest import answer_edition
from tests.frozen import in_few_languages

MODULES = ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "posix", "readline", "curses")
SERVERS = ("store", "collector", "workbench")
ELSEWHERE = """\
import builtins, contextlib, io, json, os, signal, sys, types

MODULES = {modules!r}
NAMES = {{
    "os": set('''O_DIRECTORY O_NOFOLLOW O_CLOEXEC O_NONBLOCK sched_getaffinity sched_setaffinity fork forkpty killpg
        getpgid setpgid setsid getuid geteuid getgid getegid getgroups uname confstr sysconf statvfs fchmod fchown chown
        lchown chroot mkfifo mknod openpty sendfile fdatasync sync pread pwrite posix_spawn wait nice
        getloadavg WNOHANG process_cpu_count setuid initgroups'''.split()),
    "signal": set('''SIGHUP SIGKILL SIGUSR1 SIGUSR2 SIGALRM SIGCHLD SIGPIPE SIGQUIT SIGTSTP pthread_sigmask pthread_kill
        sigwait alarm setitimer SIG_BLOCK SIG_SETMASK SIG_UNBLOCK'''.split()),
}}


def less(module):
    poor = types.ModuleType(module.__name__)
    poor.__dict__.update({{n: v for n, v in vars(module).items() if n not in NAMES[module.__name__]}})
    return poor


POOR = {{"os": less(os), "signal": less(signal)}}


def open_no_folder(path, *more, **also):
    if os.path.isdir(path):
        raise PermissionError(13, "Permission denied", str(path))
    return os.open(path, *more, **also)


POOR["os"].open = open_no_folder
whole = builtins.__import__


def poor_import(name, globals=None, locals=None, fromlist=(), level=0):
    if ((globals or {{}}).get("__name__") or "").startswith("kuule") and level == 0:
        if name in POOR:
            return POOR[name]
        if name in MODULES:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
    return whole(name, globals, locals, fromlist, level)


builtins.__import__ = poor_import
from kuule.cli.app import run

for arguments in json.load(sys.stdin):
    with contextlib.redirect_stderr(io.StringIO()) as err, contextlib.redirect_stdout(io.StringIO()):
        try:
            code = run(arguments)
        except BaseException as error:
            code = f"{{type(error).__name__}}: {{error}}"
    print(json.dumps([arguments[0], code, err.getvalue()]))
"""


def elsewhere(folder: Path, *commands: list[str]) -> dict[str, str]:
    """What each command that did not end well came to, and said."""
    outcome = subprocess.run(
        [sys.executable, "-c", ELSEWHERE.format(modules=MODULES)],
        input=json.dumps(commands), cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert outcome.returncode == 0, outcome.stderr
    said = [json.loads(line) for line in outcome.stdout.splitlines()]
    assert [name for name, *_ in said] == [name for name, *_ in commands]
    return {name: f"{code}\n{talk}" for name, code, talk in said if code != 0}


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
    """`sealing/memory_protection.py` does, inside functions that do without; the sites run on Unix."""
    found = set()
    for module in modules():
        if name_of(module).split("/")[0] not in SERVERS:
            found |= {(name_of(module), name) for name in imported_at_the_top(tree_of(module)) & set(MODULES)}
    assert found == {("web/listen_address.py", "resource")}


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
        for node in nodes_of(module):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr == "write_text" and "newline" not in {keyword.arg for keyword in node.keywords}:
                found.append(f"{name_of(module)}:{node.lineno}")
    assert found == []
