"""The optional parts of Kuule, by their names in pyproject.toml: which modules each needs, and what a person is told if
one is not installed."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from kuule.core.problems import KuuleError, Problem

EXTRA_MODULES = {
    "collector": ("django", "granian", "jinja2"),
    "workbench": ("PIL", "allauth", "fido2", "qrcode", "tomlkit", "typst"),
    "postgresql": ("psycopg",),
    "analysis": ("PIL", "jinja2", "numpy", "phonenumbers", "polars", "pydantic", "pyreadstat", "scipy", "typst"),
    "register": ("icalendar", "jinja2", "pydantic", "yaml"),
    "kit": ("segno", "typst"),
    "keys": ("typst",),
    "ethics": ("jinja2", "typst"),
    "print": ("docx", "jinja2", "typst"),
    "names": ("spacy",),
    "gliner": ("gliner",),
}
"""For each extra, the modules that Kuule imports from its packages."""
_ROLES = {"collector": "collector", "workbench": "workbench", "register": "workbench", "postgresql": "collector"}
"""The role to give to scripts/setup.py for an extra; for any other it is `run`, which installs all but
those of `_BY_HAND`."""
_BY_HAND = frozenset({"names", "gliner"})
"""So large, and wanted by so few, that no role has them."""

_TOOLS = {"pipx_metadata.json": "pipx install", "uv-receipt.toml": "uv tool install"}
"""The file by which each marks what it has installed, and its command."""


class MissingExtraError(KuuleError):
    """What was asked for needs packages that are not installed here."""


def install_commands(extra: str) -> str:
    """The commands that install an extra: in a checkout and from the wheel or, where pipx or uv made this installation,
    the one that makes it anew with every extra, since both forget those of before."""
    from importlib.metadata import version  # slow, and needed only if an extra is missing

    wheel = f"kuule-{version('kuule')}-py3-none-any.whl[{extra}]"
    tool = next((command for file, command in _TOOLS.items() if (Path(sys.prefix) / file).exists()), "")
    if tool:
        asked = wheel.replace(f"[{extra}]", f"[all,{extra}]" if extra in _BY_HAND else "[all]")
        return f"{tool} --force '{asked}'"
    if extra in _BY_HAND:
        return f"pip install '{wheel}'"
    return f"in a checkout: python3 scripts/setup.py {_ROLES.get(extra, 'run')}; elsewhere: pip install '{wheel}'"


def check_installed(extras: Iterable[str], what: str) -> None:
    """Raise MissingExtraError CLI_040, with a problem for each of `extras` that the command `what` needs and that is
    missing here, wholly or in part."""
    problems = [_problem(extra, what, absent) for extra in extras if (absent := absent_modules(extra))]
    if problems:
        raise MissingExtraError(*problems)


def missing_extra_problem(module: str | None, likely: Iterable[str], what: str) -> Problem | None:
    """The problem to show for a module that could not be imported, or None if it belongs to no extra: then its absence
    is a bug. A module may belong to several extras, and those in `likely` are named first."""
    top = (module or "").partition(".")[0]
    found = next((extra for extra in (*likely, *EXTRA_MODULES) if top in EXTRA_MODULES[extra]), None)
    return _problem(found, what, [top]) if found else None


def _problem(extra: str, what: str, absent: list[str]) -> Problem:
    cause = f"the extra {extra!r} is not installed here ({', '.join(absent)} not found)"
    return Problem("CLI_040", what, cause, install_commands(extra))


def absent_modules(extra: str) -> list[str]:
    """The modules of an extra that are not installed here."""
    return [module for module in EXTRA_MODULES[extra] if not _is_here(module)]


def _is_here(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False
