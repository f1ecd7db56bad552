"""`python -m tests.loaded.forking LINE`: loads what processes of ours run, and forks one for each order on the line.

What an order is, is in `tests.loaded.orders`.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from django.contrib.auth.hashers import ScryptPasswordHasher
from django.core.management import call_command
from jinja2 import FileSystemLoader

from kuule import workbench
from kuule.collector.pages import TEMPLATES
from kuule.languages.cldr.tags import find_language
from kuule.sealing import memory_scrubbing
from kuule.web.interface_texts import find_interface
from kuule.web.templates import environment
from kuule.workbench import accounts_migration, store_proxy
from kuule.workbench.errands import errand_process
from kuule.workbench.member_words.workbench_words import workbench_languages
from tests.cheap_pauses import make_pauses_cheap
from tests.loaded.compiled import compile_once_from_here
from tests.loaded.forked_module import with_forked_modules
from tests.loaded.loaded_process import UNPREPARED, read_at_start
from tests.loaded.ordered_process import BegunAnew
from tests.loaded.orders import EVERY_COMMAND, check_has_no_threads, run_orders
from tests.prepared import calls_once, migrate_once_from_here

_LOADED = (
    "kuule.collector.server.collector_server",
    "kuule.workbench.workbench_server",
    "django.core.management.commands.migrate",
    "django.template.backends.jinja2",
    "django.views.debug",
    "encodings.idna",
    *EVERY_COMMAND,
)
"""Nothing that starts a thread, as Polars does: a fork has one
of them, and the locks of all. Nothing that looks at the terminal or the environment when it is loaded, as `kuule.cli`
does."""
_LOADED_FOR = {
    "desk": (
        "kuule.qualitative.identifiers.suggesting",
        "kuule.qualitative.project.open_project",
        "kuule.qualitative.quotes.proposing",
        "kuule.qualitative.refi_qda.coding_matching",
        "kuule.qualitative.refi_qda.qde_reading",
        "kuule.usecases.key_custody.key_sources",
        "numpy",
    ),
    "preview": (
        "kuule.preview.preview_server",
        "kuule.preview.urls",
        "kuule.usecases.authoring.check_study",
        "pyxform.xls2xform",
    ),
    "workbench": (
        "fido2.server",
        "kuule.planning.study_calendar",
        "kuule.workbench.kit_desk.kit_states",
        "kuule.workbench.partner.own_files",
        "kuule.workbench.partner.survey_state",
        "kuule.workbench.register_desk.blind_rounds",
        "kuule.workbench.register_desk.value_saving",
        "kuule.workbench.register_desk.value_words",
        "kuule.workbench.study_desk.service_form",
        "kuule.workbench.study_desk.study_knowledge",
        "kuule.workbench.study_desk.visit_processes",
        "kuule.workbench.translation_desk.text_preview",
        "kuule.workbench.translation_desk.text_saving",
        "pyxform.xls2xform",
    ),
}
"""What these commands import besides, as far as it needs no settings of Django: loaded when the first is ordered."""
_TEMPLATES = (TEMPLATES, *sorted(Path(workbench.__path__[0]).rglob("templates")))
_LANGUAGES = ("en", "sv", "ar")
"""Those of the small study."""
_SCRYPT = 16
"""Django's is 16,384, a quarter of a second for each time that somebody joins or signs in."""
_restart = memory_scrubbing.restart


def _begin_anew(environment: Mapping[str, str]) -> NoReturn:
    """As `memory_scrubbing.restart`, by which a collector leaves the command line: the process that it becomes need not
    load anything either, unless it is told what only the start of an interpreter reads."""
    if read_at_start(environment) != read_at_start(os.environ):
        _restart(environment)
    raise BegunAnew(environment)


def _load() -> None:
    """What the processes would read, compile and keep, each for itself."""
    for name in _LOADED:
        import_module(name)
    compile_once_from_here()
    for folder in _TEMPLATES:
        made = environment(loader=FileSystemLoader(folder))
        for name in made.list_templates(extensions=["html"]):
            made.get_template(name)
    for tag in _LANGUAGES:
        find_interface(tag)
    ScryptPasswordHasher.work_factor = _SCRYPT
    make_pauses_cheap(setattr)
    migrate_once_from_here()
    vars(accounts_migration)["call_command"] = calls_once(call_command)
    vars(memory_scrubbing)["restart"] = _begin_anew
    for each in (errand_process, store_proxy):
        each.subprocess = with_forked_modules()  # type: ignore[attr-defined]
    check_has_no_threads()


def _load_for(order: dict[str, Any]) -> None:
    """What the command would load that is ordered, the first time that one of its name is."""
    [command] = order["arguments"][2:3] or [""]
    if command not in _LOADED_FOR or UNPREPARED in os.environ:
        return
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # each process has an environment of its own
    for name in _LOADED_FOR.pop(command):
        import_module(name)
    for tag in workbench_languages() if command == "workbench" else ():  # its pages offer themselves in all of them
        find_language(tag)
    gc.collect()
    gc.freeze()
    check_has_no_threads()


if __name__ == "__main__":
    if UNPREPARED not in os.environ:
        _load()
    run_orders(int(sys.argv[1]), _load_for)
