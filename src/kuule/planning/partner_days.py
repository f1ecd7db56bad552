"""Days that a study agreed on with its partners: statements, launches and what has to be done for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kuule.network.launches import Launch
from kuule.network.study_network import SignedStatement, StudyNetwork
from kuule.planning.study_day import StudyDay


def partner_days(network: StudyNetwork, folder: str) -> Iterator[StudyDay]:
    """A day for each statement and launch that has one, and for each task that is not done."""
    check = f"kuule network check {folder}"
    for signed in network.statements.values():
        yield from _of_statement(signed, network, check)
    for launch in network.launches.values():
        yield from _of_launch(launch, network, check)


def _of_statement(signed: SignedStatement, network: StudyNetwork, check: str) -> Iterator[StudyDay]:
    statement = signed.statement
    if statement.publish_on is None:
        return
    asked = [one for one in network.partners.values() if statement.is_asked(one.code)]
    there = {one.code for one in signed.signers(statement.source.tag, network.partners)}
    left = [one.name for one in asked if one.code not in there]
    state = f"Still to sign: {', '.join(left)}." if left else "Everybody who was asked has signed."
    yield StudyDay(
        f"statement-{statement.id}",
        statement.publish_on,
        f"The statement {statement.id} is published",
        f"{state} Make the partners' pages again on this day.",
        (check,),
    )


def _of_launch(launch: Launch, network: StudyNetwork, check: str) -> Iterator[StudyDay]:
    if launch.on is not None:
        lacks = f" Nothing in it is about: {', '.join(launch.lacks)}." if launch.lacks else ""
        yield StudyDay(f"launch-{launch.id}", launch.on, launch.title, f"{launch.file}.{lacks}", (check,))
    told = Counter[str]()
    for task in launch.tasks:
        told[task.mark] += 1
        again = f"-{told[task.mark]}" if told[task.mark] > 1 else ""  # the same words twice, for two days
        if task.by is None or task.done_on is not None:
            continue
        who = network.partners[task.who].name if task.who in network.partners else task.who
        yield StudyDay(
            f"task-{launch.id}-{task.mark}{again}",
            task.by,
            task.what,
            f"For {launch.title}" + (f"; by {who}." if who else "; by those who run the study."),
            (check,),
            waits=True,
        )
