"""`kuule deploy HOST.toml --plan | --apply`: make a machine what its settings say."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import CONSOLE, Exit, print_problems, print_result, say
from kuule.cli.study_confirmation import StudyNameOption, confirm_study
from kuule.core.problems import Severity
from kuule.core.shell_paths import shell_path


def deploy_host(
    host: Annotated[Path, typer.Argument(metavar="[HOST]", help="The settings of the machine.")] = Path(
        "/etc/kuule/host.toml"
    ),
    plan: Annotated[
        bool, typer.Option("--plan", help="Show what would change, and change nothing (the default).")
    ] = False,
    apply: Annotated[bool, typer.Option("--apply", help="Show it, ask for the study's name, and do it.")] = False,
    study: StudyNameOption = None,
    root: Annotated[
        Path, typer.Option(help="Write into the tree of a machine in this folder, and start nothing.")
    ] = Path("/"),
) -> int:
    """Make this machine serve a study: units, nginx, tor and what else it needs. Shows each difference first."""
    from kuule.cli.plan_lines import (  # slow: the readers of settings; --help loads all commands
        describe_plan,
        plan_lines,
    )
    from kuule.deployment.host_settings import read_host_file  # slow, as above
    from kuule.usecases.installation.deploy_host import apply_plan, check_plan, plan_host, run_act  # slow, as above

    if plan and apply:
        raise typer.BadParameter("give one of --plan and --apply", param_hint="--plan")
    made = plan_host(read_host_file(host), root)
    if not apply:
        print_result(*plan_lines(made), **describe_plan(made, applied=False))
        print_problems(one for one in made.problems if one.severity is Severity.WARNING)
        check_plan(made)
        tree = "" if root == Path("/") else f" --root {shell_path(root)}"
        again = f"to do it: kuule deploy {shell_path(host)}{tree} --apply"
        say(f"nothing was changed; {again if made.does_anything else 'everything is as it should be'}")
        return Exit.DONE
    for line in plan_lines(made):
        say(line)
    print_problems(one for one in made.problems if one.severity is Severity.WARNING)
    check_plan(made)
    confirm_study(made.settings.study, study, f"This makes the machine serve {made.settings.study}, as shown above.")
    done = apply_plan(made, run_act, progress=CONSOLE)
    written = [str(change.file.path) for change in done.changes if change.is_written]
    print_result(*written, **describe_plan(done, applied=True))
    say(f"done: {made.settings.study!r}" + ("" if done.acts else f" is in {root}; nothing was started"))
    return Exit.DONE
