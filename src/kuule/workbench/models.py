"""The workbench's own database: organisations, people, invitations, notes of a pretest and the audit trail. Nothing
about respondents.

No e-mail address is asked for, and a name may be a pseudonym.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

LONGEST_NAME = 40
LONGEST_ORGANISATION = 80
LONGEST_ENTRY_OBJECT = 200
LONGEST_WORDING = 500
LONGEST_NOTE = 2_000

if TYPE_CHECKING:
    _Text = models.CharField[str, str]
    _Yes = models.BooleanField[bool, bool]
    _List = models.JSONField[list[str], list[str]]
    _Organisation = models.ForeignKey["Organisation", "Organisation"]
    _Somebody = models.ForeignKey["Person | None", "Person | None"]
    _Person = models.ForeignKey["Person", "Person"]
else:
    _Text, _Yes, _List = models.CharField, models.BooleanField, models.JSONField
    _Organisation = _Somebody = _Person = models.ForeignKey


class Organisation(models.Model):
    """A partner. `links` are codes from [links.partners] in study.toml."""

    name = _Text(max_length=LONGEST_ORGANISATION, unique=True)
    links = _List(default=list)

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Finds people for Django and django-allauth. People are created by invitations only."""


class Person(AbstractBaseUser):
    """Somebody who signs in. `username` is private, `name` is what others see. `roles_before` are roles that were taken
    away; the desk needs them, because nobody may review what they translated themselves (decision 0033). `languages`
    are those that they translate; in `language` they read the workbench, "" leaves that to their browser."""

    last_login = None  # not kept: the audit trail says who signed in
    username = _Text(max_length=LONGEST_NAME, unique=True)
    name = _Text(max_length=LONGEST_NAME)
    organisation: _Organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="people")
    role = _Text(max_length=20)
    languages = _List(default=list)
    countries = _List(default=list)
    roles_before = _List(default=list)
    language = _Text(max_length=35, default="", db_default="")
    is_active = _Yes(default=True)

    objects = PersonManager()
    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A link that creates one person, or lets `person` set up their account anew. The link itself is not stored."""

    token_hash = _Text(max_length=64, unique=True)
    organisation: _Organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    role = _Text(max_length=20)
    languages = _List(default=list)
    countries = _List(default=list)
    person: _Somebody = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="renewals")
    made_by = _Text(max_length=LONGEST_NAME, default="")
    expires: models.DateTimeField[Any, Any] = models.DateTimeField()
    used = _Yes(default=False)

    def __str__(self) -> str:
        return "an invitation"


class SpentFactor(models.Model):
    """A second factor that was used: each that is shown is good for one signature or one edition. `shown_at` is when it
    was shown, in seconds; the database has each once, so that two requests of one moment cannot use the same."""

    person: _Person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="spent_factors")
    shown_at: models.FloatField[float, float] = models.FloatField()

    class Meta:
        constraints = (models.UniqueConstraint("person", "shown_at", name="a_factor_is_spent_once"),)

    def __str__(self) -> str:
        return "a second factor that was used"


class PretestNote(models.Model):
    """What somebody noted of a question while trying the questionnaire. `item` is the key of its text, `wording` the
    text as it was then; `who` is a name that members see, `settled_by` too, "" while the note is open."""

    item = _Text(max_length=LONGEST_ENTRY_OBJECT)
    wording = _Text(max_length=LONGEST_WORDING)
    language = _Text(max_length=35)
    kind = _Text(max_length=20)
    on_paper = _Yes(default=False)
    words = _Text(max_length=LONGEST_NOTE)
    who = _Text(max_length=LONGEST_NAME)
    day: models.DateField[Any, Any] = models.DateField()
    settled_by = _Text(max_length=LONGEST_NAME, default="")

    def __str__(self) -> str:
        return f"a note of {self.item}"


class Entry(models.Model):
    """An entry of the audit trail. The database itself refuses to change or delete it (migrations 0002 and 0004)."""

    at: models.DateTimeField[Any, Any] = models.DateTimeField()
    who = _Text(max_length=LONGEST_NAME)
    what = _Text(max_length=60)
    on = _Text(max_length=LONGEST_ENTRY_OBJECT)

    def __str__(self) -> str:
        return f"{self.who} {self.what} {self.on}"
