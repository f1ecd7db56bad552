"""The days of the survey itself: opening, closing, the last answers, the last withdrawals, the end of keeping."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kuule.planning.study_day import StudyDay, UnknownDays
from kuule.study.settings.field_period_settings import day_ends_at
from kuule.study.settings.field_phase import FieldStatus, StandingOrder, field_status
from kuule.study.settings.study_toml import Study

_AHEAD = timedelta(days=14)
_DAY = timedelta(days=1)
_MONTH = timedelta(days=30)
_VERIFY = "kuule verify ADDRESS --edition EDITION"


def field_days(settings: Study, folder: str) -> Iterator[StudyDay]:
    """What follows from [field_period], [coming_back] and retention_days. `folder` is the study's, as in commands."""
    if settings.field_period.opens is not None:
        yield from _opening(settings.field_period.opens, folder)
    closing = work_out_closing(settings)
    if closing is not None:
        yield from _closing(closing)
    yield from _withdrawals(settings)
    yield from _keeping(settings, folder)


def work_out_closing(settings: Study) -> FieldStatus | None:
    """The days around the closing that the study plans; None if it plans none. A closing by hand is known to the
    collectors alone."""
    closes = settings.field_period.closes
    if closes is None:
        return None
    return field_status(settings.field_period, settings.coming_back.pause_days, StandingOrder(), day_ends_at(closes))


def last_day_of_keeping(settings: Study) -> date | None:
    """The last day on which sealed answers may be kept: retention_days after the closing."""
    closes = settings.field_period.closes
    return None if closes is None else closes + timedelta(days=settings.retention_days)


def unknown_field_days(settings: Study) -> Iterator[UnknownDays]:
    """What is missing from the settings."""
    if settings.field_period.opens is None:
        why = "the opening, looks at the sheets of the key, and rehearsals of a backup"
        yield UnknownDays("study.toml, field_period.opens", why)
    if settings.field_period.closes is None:
        why = "the closing, the last answers, and until when sealed answers may be kept"
        yield UnknownDays("study.toml, field_period.closes", why)


def _opening(opens: date, folder: str) -> Iterator[StudyDay]:
    yield StudyDay(
        "before-opening",
        opens - _AHEAD,
        "Look once more before the survey opens",
        f"The survey opens on {opens}. Are the services checked, the languages reviewed, the roles of the plan for"
        " distress filled, and does the key's fingerprint agree with the sheets? Go through it once in each language.",
        (f"kuule check {folder}", f"kuule support gaps {folder}"),
    )
    yield StudyDay(
        "opens",
        opens,
        "The survey opens",
        "It opens by itself, where the day begins first on Earth. Look at it from outside, in each language, and tell"
        " the partners.",
        (_VERIFY,),
    )


def _closing(closing: FieldStatus) -> Iterator[StudyDay]:
    closes, finish, paused = closing.closes, closing.finish_until, closing.paused_until
    if closes is None or finish is None or paused is None:
        return
    yield StudyDay(
        "before-closing",
        closes - _AHEAD,
        "The survey closes in two weeks",
        "Tell the partners: posters come down, links go, and the page of results has its address. If it should go on,"
        " change field_period.closes and freeze again.",
        ("kuule counts EDITION",),
    )
    yield StudyDay(
        "closes",
        closes,
        "Last day on which somebody can begin",
        f"It closes by itself when the day has ended everywhere. Whoever is in the middle can send until {finish}."
        " Look at the closed page the day after, and leave the collector running: help and taking back stay there.",
        (_VERIFY,),
    )
    if paused > finish:
        yield StudyDay(
            "paused-until",
            paused,
            "Last day on which a paused visit can be finished",
            "People who paused were promised this day.",
        )
    yield StudyDay(
        "last-answers",
        max(finish, paused) + 2 * _DAY,
        "No answer comes any more",
        "Make an archive of each edition that was served, and bring it to the holders of the key.",
        ("kuule archive EDITION ARCHIVE",),
    )


def _withdrawals(settings: Study) -> Iterator[StudyDay]:
    until = settings.coming_back.withdraw_until
    if until is None:
        return
    yield StudyDay(
        "withdrawals-end",
        until,
        "Last day on which answers can be taken back",
        "The site has to be there all day. Nothing of real answers is published before this day is over.",
    )
    yield StudyDay(
        "last-withdrawals",
        until + 2 * _DAY,
        "Make the archive that has every withdrawal, and lock the dataset",
        "The last day is over everywhere. An archive of each edition lists what was taken back; locking takes it out.",
        ("kuule archive EDITION ARCHIVE", "kuule lock DATASET --archive ARCHIVE"),
    )


def _keeping(settings: Study, folder: str) -> Iterator[StudyDay]:
    last = last_day_of_keeping(settings)
    if last is None:
        return
    days = settings.retention_days
    yield StudyDay(
        "before-end",
        last - _MONTH,
        "Prepare the end of the study",
        f"Sealed answers go by {last}. Agree on a day with the holders of the key and with two people who will sign"
        " that everything was destroyed. List the machines, archives, backups and sheets that there are.",
        ("kuule keys list",),
    )
    yield StudyDay(
        "end",
        last,
        "Last day on which sealed answers may be kept",
        f"The study undertook to delete them {days} days after the closing: databases, archives and backups on every"
        " machine, and the key with all its sheets. Record it, and have the certificate of destruction signed.",
        (f'kuule keys destroyed KEY --study {folder} --on {last} --by "ROLES"',),
    )
