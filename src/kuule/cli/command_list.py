"""The list of commands. Each has a module of its own, which is loaded only when its command is run: loading all of them
takes longer than many a command does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from importlib import import_module
from typing import Any

import typer
from typer.models import CommandInfo

from kuule.cli import version
from kuule.core.extras import check_installed

COMMANDS = {
    "new": "new.begin_study_folder",
    "import": "import_form.import_questionnaire",
    "check": "check.check",
    "preview": "preview.preview_study",
    "print": "print_study.print_study",
    "schema": "schema.print_schema",
    "ethics": "ethics.make_ethics_papers",
    "calendar": "calendar.show_study_days",
    "freeze": "freeze.freeze_study",
    "serve": "serve.serve_editions",
    "workbench": "workbench.serve_workbench",
    "invite": "workbench.invite_member",
    "archive": "archive.archive_edition",
    "backup": "backup.back_up_study",
    "restore": "restore.restore_study",
    "counts": "counts.show_counts",
    "close": "field.close_field",
    "reopen": "field.reopen_field",
    "launch": "field.launch_field",
    "hide": "hide.hide_from_pages",
    "retention": "retention.show_retention",
    "open": "open.open_into_dataset",
    "forget": "forget.forget",
    "lock": "lock.lock",
    "export": "export.export",
    "analyse": "analyse.analyse",
    "report": "report.report_dataset",
    "publish": "publish.publish",
    "brief": "brief.write_brief",
    "kit": "kit.make_kit",
    "rehearse": "rehearse.rehearse_edition",
    "status": "status.show_host_status",
    "verify": "verify.verify_running_site",
    "demo": "demo.demo",
    "desk": "desk.open_desk",
    "completion": "completion.print_completion",
    "doctor": "doctor.look_at_installation",
    "upgrade": "upgrade.upgrade_installation",
    "deploy": "deploy.deploy_host",
}
"""By the name of a command: its module in `kuule.cli.commands`, and its function there."""
GROUPS = (
    "answers",
    "database",
    "end",
    "identifiers",
    "keys",
    "network",
    "onion",
    "project",
    "register",
    "release",
    "support",
    "translate",
)
"""Commands with subcommands, each the `app` of the module with its name."""
REQUIRED_EXTRAS = {
    "serve": ("collector",),
    "workbench": ("workbench",),
    "invite": ("workbench",),
    "archive": ("collector",),
    "backup": ("collector",),
    "restore": ("collector",),
    "counts": ("collector",),
    "close": ("collector",),
    "reopen": ("collector",),
    "launch": ("collector",),
    "hide": ("collector",),
    "retention": ("collector",),
    "status": ("collector",),
    "open": ("analysis",),
    "lock": ("analysis",),
    "export": ("analysis",),
    "analyse": ("analysis",),
    "report": ("analysis",),
    "publish": ("analysis",),
    "answers": ("analysis",),
    "brief": ("analysis", "register"),
    "identifiers": ("analysis",),
    "kit": ("kit",),
    "ethics": ("ethics",),
    "calendar": ("register",),
    "preview": ("collector",),
    "print": ("print",),
    "demo": ("collector", "analysis"),
    "desk": ("collector", "analysis"),
    "network": ("register",),
    "project": ("analysis",),
    "register": ("register",),
    "upgrade": ("collector",),
}
"""The extras without which a command, or each command of a group, can do nothing; this is checked before it begins.
`forget` needs one or the other."""

_OF_ALL = frozenset({"completion"})
"""Commands that have to know all others."""

_HELP = "Surveys that leave no trace: answers are sealed at once and read offline, with a key that was never online."


def program(command: str = "") -> typer.Typer:
    """The whole command line or, if there is a command of that name, only what is needed to run it."""
    from kuule.cli.kuule_command import KuuleCommand  # the list of commands does not need it

    app = _empty_program()
    one = command if is_command(command) and command not in _OF_ALL else ""
    for name in GROUPS:
        if one in ("", name):
            app.add_typer(_group(name), name=name)
    for name in COMMANDS:
        if one in ("", name):
            app.command(name, cls=KuuleCommand)(_where_installed(name, _function(name)))
    return app


def is_command(name: str) -> bool:
    """Whether there is a command, or a group of commands, of that name."""
    return name in COMMANDS or name in GROUPS


def list_of_commands() -> typer.Typer:
    """The command line with names and sentences of all commands, for its help and for names that it does not have. None
    can be run: to read the options of all takes as long as everything else."""
    app = _empty_program()
    for name in GROUPS:
        group = typer.Typer(help=import_module(f"kuule.cli.commands.{name}").app.info.help)
        group.command("none")(_run_nothing)
        app.add_typer(group, name=name)
    for name in COMMANDS:
        app.command(name, help=_function(name).__doc__)(_run_nothing)
    return app


def _run_nothing() -> None:
    raise RuntimeError("a command that is only listed was run")


def _empty_program() -> typer.Typer:
    app = typer.Typer(
        name="kuule",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(help=_HELP)(version.root)
    return app


def _function(name: str) -> Callable[..., Any]:
    module, _, function = COMMANDS[name].partition(".")
    found: Callable[..., Any] = getattr(import_module(f"kuule.cli.commands.{module}"), function)
    return found


def _group(name: str) -> typer.Typer:
    """The commands of a group, each with a check that what the group needs is installed."""
    from kuule.cli.kuule_command import KuuleCommand  # as above

    group: typer.Typer = import_module(f"kuule.cli.commands.{name}").app
    for command in _commands_of(group):
        command.cls = KuuleCommand
        if command.callback is not None and not hasattr(command.callback, "__wrapped__") and name in REQUIRED_EXTRAS:
            command.callback = _where_installed(name, command.callback)
    return group


def _commands_of(group: typer.Typer) -> Iterator[CommandInfo]:
    yield from group.registered_commands
    for below in group.registered_groups:
        if below.typer_instance is not None:
            yield from _commands_of(below.typer_instance)


def _where_installed(name: str, command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with a check, before it begins, that its extras are installed. Its help is shown in any case."""

    @wraps(command)
    def begin(*arguments: Any, **options: Any) -> Any:
        check_installed(REQUIRED_EXTRAS.get(name, ()), f"kuule {name}")
        return command(*arguments, **options)

    return begin
