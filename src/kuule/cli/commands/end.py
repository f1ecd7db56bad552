"""`kuule end …`: the end of a study, a machine at a time, and the certificate of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from kuule.cli.console import CONSOLE, Exit, print_result, say, stop_on_signals
from kuule.cli.shared_options import CollectorDatabaseOption
from kuule.cli.study_confirmation import NAME_OPTION, confirm_study

if TYPE_CHECKING:
    from kuule.destruction.ending_record import EndingRecord
    from kuule.destruction.step_execution import EndingPlan, PlannedEndingStep

app = typer.Typer(help="The end of a study: what is left is destroyed, and it is written down.", no_args_is_help=True)

RecordsOption = Annotated[
    Path, typer.Option(help="The folder of records, which is carried from machine to machine; made when first needed.")
]
_DestroyOption = Annotated[list[str] | None, typer.Option("--destroy", help="KIND=PATH: overwrite and remove it.")]
_KeepOption = Annotated[list[str] | None, typer.Option("--keep", help="KIND=WHY: it stays, for this reason.")]
_NoneOption = Annotated[list[str] | None, typer.Option("--none", help="KIND: there is nothing of it on this machine.")]
_WitnessedOption = Annotated[
    list[str] | None,
    typer.Option("--witnessed", help="KIND=WHO: people destroyed it, on paper or elsewhere; roles, never names."),
]
_NameOption = Annotated[
    str | None, typer.Option(NAME_OPTION, help="The id of the study, instead of typing it when you are asked.")
]


class _Ending(Protocol):
    """The end of a study on one machine, as this command needs it."""

    def plan(self) -> EndingPlan: ...

    def carry_out(self, planned: PlannedEndingStep, /) -> EndingRecord: ...


@app.callback()
def end() -> None:
    """End a study. Each command goes on where it was, however often it is run."""


@app.command("collector")
def end_collector(  # noqa: PLR0913, PLR0917 -- Typer reads each option from a parameter of its own
    editions: Annotated[list[Path], typer.Argument(help="Every edition that was served, the newest last.")],
    records: RecordsOption,
    database: CollectorDatabaseOption,
    archives: Annotated[Path, typer.Option(help="The folder into which the last archives are written.")],
    destroy: _DestroyOption = None,
    keep: _KeepOption = None,
    none: _NoneOption = None,
    witnessed: _WitnessedOption = None,
    machine: Annotated[str, typer.Option(help="A name for this collector, where a study has several.")] = "collector",
    study: _NameOption = None,
) -> int:
    """On the collector: make the last archives; once they were opened, destroy the database, backups, the token secret
    and the onion key."""
    from kuule.destruction.dispositions import read_dispositions  # slow: Django below; --help loads all commands
    from kuule.usecases.collecting.end_collector import find_collector_end

    said = read_dispositions(destroy=destroy or (), keep=keep or (), none=none or (), witnessed=witnessed or ())
    ending = find_collector_end(
        editions, database=database, records=records, archives=archives, said=said, now=datetime.now(UTC),
        machine=machine, progress=CONSOLE,
    )  # fmt: skip
    with stop_on_signals(), ending.records.one_at_a_time():
        plan = ending.plan()
        if ending.needs_archives():
            sentence = f"This makes the last archives of {plan.study}, in {archives}. Nothing is destroyed yet."
            confirm_study(plan.study, study, sentence)
            ending.make_archives()
            return _print(ending.plan())
        return _take_steps(ending, plan, study)


@app.command("analyst")
def end_analyst(  # noqa: PLR0913, PLR0917 -- as above
    records: RecordsOption,
    archive: Annotated[
        list[Path] | None, typer.Option(help="A last archive of a collector; once for each. Needed for the first run.")
    ] = None,
    dataset: Annotated[Path | None, typer.Option(help="The dataset that was opened from them, locked.")] = None,
    destroy: _DestroyOption = None,
    keep: _KeepOption = None,
    none: _NoneOption = None,
    witnessed: _WitnessedOption = None,
    study_folder: Annotated[
        Path | None, typer.Option(help="The study folder: its keys.toml gets the destroyed keys.")
    ] = None,
    study: _NameOption = None,
) -> int:
    """Where the key is: check that the last archives were opened; then destroy projects, the dataset, the key and the
    archives, or write down why they stay."""
    from kuule.destruction.dispositions import read_dispositions  # slow: Polars below, as above
    from kuule.destruction.ending_steps import EndingStep
    from kuule.destruction.records_folder import RecordsFolder, study_of_records
    from kuule.usecases.analysing.end_analyst import AnalystEnd

    said = read_dispositions(destroy=destroy or (), keep=keep or (), none=none or (), witnessed=witnessed or ())
    folder = RecordsFolder(records, study_of_records(records))
    today = datetime.now(UTC).date()
    ending = AnalystEnd(folder, tuple(archive or ()), dataset, said, today, study_folder)
    with stop_on_signals(), folder.one_at_a_time():
        if folder.with_step(EndingStep.ARCHIVED) and ending.needs_opening():
            ending.note_opening()
        if not (destroy or keep or none or witnessed):
            return _print(ending.opening_plan())
        return _take_steps(ending, ending.plan(), study)


@app.command("workbench")
def end_workbench(
    study: Annotated[Path, typer.Argument(help="The study folder.")],
    data: Annotated[Path, typer.Option(help="The data folder of the workbench.")],
    records: RecordsOption,
    name: _NameOption = None,
) -> int:
    """On the workbench: close every account."""
    from kuule.workbench.configuration.workbench_options import WorkbenchOptions  # slow: Django; only its role has it
    from kuule.workbench.ended_accounts import plan_workbench_end

    with stop_on_signals():
        ending, plan = plan_workbench_end(WorkbenchOptions(study, data), records, datetime.now(UTC))
        with ending.folder.one_at_a_time():
            return _take_steps(ending, plan, name)


@app.command("certificate")
def make_certificate(
    records: RecordsOption,
    to: Annotated[Path, typer.Option(help="The folder that the certificate is written into.")],
    without_workbench: Annotated[
        bool, typer.Option("--without-workbench", help="The study had no workbench, or it goes on for other studies.")
    ] = False,
) -> int:
    """Once the records of all machines are together: write the certificate of destruction, for two people to sign."""
    from kuule.destruction.certificate_signatures import SIGNATURE_NAMESPACE  # slow: Typst below, as above
    from kuule.usecases.ending.certificate_files import write_certificate

    written = write_certificate(records, to, with_workbench=not without_workbench, progress=CONSOLE)
    digest = written.certificate.sha256
    print_result(*map(str, written.files), files=list(written.files), study=written.certificate.study, sha256=digest)
    say(f"SHA-256 of {written.files[0].name}: {digest}")
    say(f"  two people sign it: ssh-keygen -Y sign -f KEY -n {SIGNATURE_NAMESPACE} {written.files[0]}")
    return Exit.DONE


@app.command("site")
def make_ended_site(
    edition: Annotated[Path, typer.Argument(help="The edition that was served last.")],
    to: Annotated[Path, typer.Option(help="The folder to write, for any web server; one that this wrote is renewed.")],
    study_folder: Annotated[
        Path | None, typer.Option(help="The study folder: its support.csv has newer checks than the edition.")
    ] = None,
    results_at: Annotated[str, typer.Option(help="Where results are, in the place of what the edition says.")] = "",
) -> int:
    """Write the site of a survey that has ended, as plain files: who helps, in every language, and where results are.
    It needs no database and no secret."""
    from kuule.usecases.collecting.ended_site import write_ended_site  # slow: Django; --help loads all commands

    today = datetime.now(UTC).date()
    made = write_ended_site(edition, to, today=today, study=study_folder, results_at=results_at)
    print_result(str(made.folder), folder=made.folder, pages=made.pages, languages=list(made.languages))
    sizes = f"{made.help_bytes / 1000:.0f} kB for help and {made.page_bytes / 1000:.0f} kB for each other"
    say(f"{made.pages:,} pages in {len(made.languages)} languages, {sizes}")
    say("  make it again once a year: services whose check has grown old leave it")
    return Exit.DONE


@app.command("verify")
def verify_certificate(
    folder: Annotated[Path, typer.Argument(help="The folder with certificate.json and its signatures.")],
    signers: Annotated[
        Path | None, typer.Option(help="Who may sign: a file of names and public keys (allowed_signers of ssh-keygen).")
    ] = None,
) -> int:
    """Say what a certificate of destruction says, and whose signatures are with it. It needs no network."""
    from kuule.destruction.certificate_words import certificate_facts  # slow, as above
    from kuule.usecases.ending.certificate_files import verify_certificate as verify

    certificate, signatures = verify(folder, signers)
    facts = certificate_facts(certificate)
    lines = [f"{name}: {value}" for name, value in facts]
    lines += [f"signed by {one.name}, key {one.key}" for one in signatures]
    told = [{"name": one.name, "key": one.key, "known": one.known} for one in signatures]
    print_result(*lines, study=certificate.study, sha256=certificate.sha256, signatures=told)
    if signers is None:
        say("whose keys these are is not known: give --signers, a file of keys that came to you by another way")
    return Exit.DONE


def _take_steps(ending: _Ending, plan: EndingPlan, study: str | None) -> int:
    """Show what is next, ask for the name of the study, and do it."""
    if not plan.steps:
        return _print(plan)
    for planned in plan.steps:
        for line in planned.lines():
            say(f"  {line}")
    sentence = f"This is destroyed for good, or written down. It ends {plan.study} on this machine."
    confirm_study(plan.study, study, sentence)
    for planned in plan.steps:
        ending.carry_out(planned)
        say(f"done: {planned.step}")
    return _print(ending.plan())


def _print(plan: EndingPlan) -> int:
    done = [str(record.step) for record in plan.done]
    print_result(*done, study=plan.study, done=done, waits_for=plan.waits_for or None)
    say(plan.waits_for or f"nothing is left to do for {plan.study} on this machine")
    return Exit.DONE
