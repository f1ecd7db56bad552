"""`kuule upgrade`: what this version would do to an installation, and doing it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuule.cli.console import CONSOLE, Exit, print_problems, print_result, say, stop_on_signals
from kuule.cli.study_confirmation import StudyNameOption, confirm_study
from kuule.core.amounts import amount

if TYPE_CHECKING:
    from kuule.usecases.upgrading.upgrade_plan import PlannedStep, UpgradePlan


def upgrade_installation(
    parts: Annotated[
        list[Path] | None,
        typer.Argument(help="Editions, archives, datasets, ledgers, releases, projects and key files to look at."),
    ] = None,
    database: Annotated[str, typer.Option(help="The collector's database, as `kuule serve` is given it.")] = "",
    workbench: Annotated[Path | None, typer.Option(help="The folder that `kuule workbench --data` is given.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Only say what would be done. Nothing is changed.")] = False,
    study: StudyNameOption = None,
    backup: Annotated[
        list[Path] | None,
        typer.Option(help="The backup that `kuule backup` made today, or its folder; once for each, if several."),
    ] = None,
    backup_unchecked: Annotated[
        bool, typer.Option("--backup-unchecked", help="There is a backup of another kind; nothing is looked at.")
    ] = False,
    collectors_stopped: Annotated[
        bool, typer.Option("--collectors-stopped", help="No collector uses the database; needed if --check says so.")
    ] = False,
) -> int:
    """Bring an installation to this version of Kuule: see what would change, then let it be done."""
    from kuule.usecases.upgrading.carry_out_upgrade import UpgradeConsent, carry_out_upgrade  # slow: Django
    from kuule.usecases.upgrading.upgrade_plan import Installation, plan_upgrade

    installation = Installation(tuple(parts or ()), database, workbench)
    with stop_on_signals():
        plan = plan_upgrade(installation)
        if check:
            _print_plan(plan)
            print_problems(plan.problems)
            return Exit.CHECK_FOUND_ERRORS if plan.problems else Exit.DONE
        if plan.migrated or plan.problems:  # otherwise it is said once, at the end
            for line in (line for step in plan.steps for line in _lines(step)):
                say(line)
            _say_consequences(plan)
        done = carry_out_upgrade(
            installation, plan, UpgradeConsent(tuple(backup or ()), backup_unchecked, collectors_stopped),
            today=datetime.now(UTC).date(), progress=CONSOLE,
            confirm=lambda name: confirm_study(name, study, f"This brings {name} to version {plan.version}."),
        )  # fmt: skip
    _print_plan(done)
    return Exit.DONE


def _print_plan(plan: UpgradePlan) -> None:
    from kuule.usecases.upgrading.format_table import FORMATS  # slow, as above
    from kuule.usecases.upgrading.upgrade_plan import return_sentence

    lines = [line for step in plan.steps for line in _lines(step)]
    parts = [
        {
            "place": one.place, "format": one.format, "number": one.number, "becomes": one.becomes,
            "migrations": list(one.migrations), "seconds": one.seconds, "bytes": one.size,
            "return_to": return_sentence(one) if one.is_migrated else None,
        }
        for one in plan.steps
    ]  # fmt: skip
    formats = [
        {"format": name, "written": one.written, "read": list(one.read), "since": one.since, "kept": str(one.keeping)}
        for name, one in FORMATS.items()
    ]
    print_result(
        *lines, version=plan.version, parts=parts, studies=list(plan.studies), stop=list(plan.stop_reasons),
        formats=formats,
    )  # fmt: skip
    if plan.steps:
        _say_consequences(plan)
    else:
        say(f"version {plan.version}: no part is named; name editions and other files, --database, --workbench")


def _lines(step: PlannedStep) -> tuple[str, ...]:
    if not step.is_migrated:
        newer = "; written in a newer format from now on" if step.rises else ""
        return (f"stays as it is: {step.format} {step.number}, {step.place}{newer}",)
    which = (
        f"{amount(len(step.migrations), 'migration')} ({', '.join(step.migrations)})"
        if step.migrations
        else "a last step"
    )
    took = "not tried beforehand" if step.seconds is None else f"{step.seconds:.1f} s on a copy"
    size = f"{step.size / 1e6:.1f} MB"
    return (f"brought forward: {step.format} {step.number} to {step.becomes}, {step.place}; {which}; {took}, {size}",)


def _say_consequences(plan: UpgradePlan) -> None:
    from kuule.usecases.upgrading.upgrade_plan import return_sentence  # slow, as above

    if not plan.migrated:
        say("nothing has to be brought forward" if not plan.problems else "nothing can be done before that is mended")
        return
    for reason in plan.stop_reasons:
        say(f"stop every collector of this database before: {reason}")
    if not plan.stop_reasons:
        say("collectors may go on serving meanwhile: what is changed is only added to")
    for step in plan.migrated:
        say(f"this cannot go back: {step.place}; should it fail, put back the backup, with {return_sentence(step)}")
