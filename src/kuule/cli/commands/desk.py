"""`kuule desk DATASET|PROJECT`: the page at which a team reads, redacts and codes open answers, until it is closed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.commands.project_opening import PassphraseOption, RoleOption, open_session
from kuule.cli.console import Exit, announce, print_result, say
from kuule.cli.shared_options import HostOption, PortOption

PORT = 8040
_WhatArgument = Annotated[
    Path, typer.Argument(metavar="DATASET|PROJECT", help="A project, or the dataset that one lies beside.")
]


def open_desk(  # noqa: PLR0913, PLR0917 -- Typer reads each option from a parameter of its own
    project: _WhatArgument,
    role: RoleOption,
    host: HostOption = "127.0.0.1",
    port: PortOption = PORT,
    study: Annotated[Path | None, typer.Option(help="A study, whose list of help readers are shown.")] = None,
    country: Annotated[str, typer.Option(help="Where readers are, for help near them, as FI.")] = "",
    content: Annotated[
        list[str] | None, typer.Option(help="What the texts may be about, for the note before the first; repeatable.")
    ] = None,
    minutes: Annotated[int, typer.Option(help="Minutes of reading until a break.", min=5, max=120)] = 30,
    minutes_a_day: Annotated[int, typer.Option(help="Minutes of reading a day.", min=5, max=480)] = 120,
    texts_a_day: Annotated[int, typer.Option(help="Texts a day.", min=1, max=1000)] = 100,
    model: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="A spaCy pipeline in a folder, asked for suggestions as well.")
    ] = None,
    release: Annotated[
        Path | None, typer.Option(metavar="RELEASE", help="The release beside whose tables quotes are looked at.")
    ] = None,
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Open a local page on a project of open answers, for one person on this machine and no network."""
    from kuule.desk.access_checks import new_token  # slow: Django; only this command has it
    from kuule.desk.desk_server import check_loopback, serve_desk
    from kuule.desk.running_desk import DEFAULT_TAGS, Desk
    from kuule.usecases.open_answers.desk_opening import check_nobody_else_reads, desk_project, help_for_readers
    from kuule.usecases.open_answers.quoting import list_quotes
    from kuule.usecases.open_answers.reading_care import ReadingLimits, reading_file, reading_today
    from kuule.usecases.open_answers.suggested_marks import name_model

    check_loopback(host)
    file, dataset = desk_project(project)
    for one in (file, dataset):
        if one is not None:
            check_nobody_else_reads(one)
    asked = name_model(model)
    limits = ReadingLimits(minutes, minutes_a_day, texts_a_day)
    with open_session(file, role, passphrase_fd, dataset=dataset) as session:
        list_quotes(session, release)
        reading = reading_today(limits, role=role, day=session.day, file=reading_file(), now=time.monotonic)
        services = help_for_readers(study, country, today=session.day)
        desk = Desk(session, reading, f"/{new_token()}", services, tuple(content or DEFAULT_TAGS))
        desk.dataset, desk.release, desk.model = dataset, release, asked
        serve_desk(desk, host=host, port=port, ready=_tell)
    say("closed; everything is saved, and the project is sealed")
    return Exit.DONE


def _tell(address: str) -> None:
    print_result(address, address=address)
    say("open this address in a browser on this machine; it is only for you, and ends with this command (Ctrl-C)")
    announce()
