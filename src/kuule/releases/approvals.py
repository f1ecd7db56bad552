"""Who approved a release: two people, of what it is now. approvals.json has them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from kuule.core.problems import Problem, PublishingError
from kuule.releases.publication_release import ApprovalState, PublicationRelease, ReleaseApproval
from kuule.releases.strict_json import ReleaseFileError, StrictObject, compact_json, parse_strict_json

APPROVALS_FILE = "approvals.json"
APPROVALS_FORMAT = 1
_ENOUGH = 2
_LONGEST = 120
_SHA256 = r"[0-9a-f]{64}"
_LINE = rf"[^\x00-\x1f\x7f]{{1,{_LONGEST}}}"


def approvals_to_json(approvals: Iterable[ReleaseApproval]) -> bytes:
    """The file."""
    made = [
        {"name": one.name, "role": one.role, "day": one.day.isoformat(), "content": one.content} for one in approvals
    ]
    return compact_json({"format": APPROVALS_FORMAT, "approvals": made})


def approvals_from_json(content: bytes) -> tuple[ReleaseApproval, ...]:
    """The reverse. Raises ReleaseFileError if the file is anything else."""
    top = StrictObject.from_value(parse_strict_json(content))
    if top.integer("format") != APPROVALS_FORMAT:
        raise ReleaseFileError("format", f"it is another one than {APPROVALS_FORMAT}", "use the version that wrote it")
    found = []
    for read in top.inner_list("approvals"):
        name, role, approved = read.text("name", _LINE), read.text("role", _LINE), read.text("content", _SHA256)
        try:
            day = date.fromisoformat(read.text("day", r"[0-9]{4}-[0-9]{2}-[0-9]{2}"))
        except ReleaseFileError:
            raise
        except ValueError:
            raise ReleaseFileError(read.place_of("day"), "it is no day") from None
        if not person_key(name):
            raise ReleaseFileError(read.place_of("name"), "it names nobody")
        read.check_all_read()
        found.append(ReleaseApproval(name, role, day, approved))
    top.check_all_read()
    return tuple(found)


def person_key(name: str) -> str:
    """What is compared of a person's name: neither capitals nor spaces, nor characters that cannot be seen."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(one for one in folded if unicodedata.category(one)[0] not in "ZC")


def valid_approvals(release: PublicationRelease, content: str) -> tuple[ReleaseApproval, ...]:
    """The approvals of what a release is now, one for each person. `content` is its content hash."""
    by_person = {person_key(one.name): one for one in reversed(release.approvals) if one.content == content}
    return tuple(reversed(by_person.values()))


def approval_state(release: PublicationRelease, content: str) -> ApprovalState:
    """How far a release has come."""
    number = len(valid_approvals(release, content))
    if number >= _ENOUGH:
        return ApprovalState.APPROVED_TWICE
    return ApprovalState.APPROVED_ONCE if number else ApprovalState.DRAFT


def with_approval(release: PublicationRelease, approval: ReleaseApproval) -> PublicationRelease:
    """The release with one more approval. Approvals that have lapsed are kept: the file says who approved what.

    Raises PublishingError RELEASE_013 if this person approved the same already, and RELEASE_014 if the name or the role
    says nothing.
    """
    for option, value in (("--name", approval.name), ("--role", approval.role)):
        if not person_key(value) or len(value) > _LONGEST or any(one < " " or one == "\x7f" for one in value):
            cause, remedy = f"{value[:40]!r} names nobody", f"write it in one line of {_LONGEST} characters at most"
            raise PublishingError(Problem("RELEASE_014", option, cause, remedy))
    person = person_key(approval.name)
    if any(person_key(one.name) == person for one in valid_approvals(release, approval.content)):
        cause, remedy = f"{approval.name!r} approved it already", "have a second person approve it"
        raise PublishingError(Problem("RELEASE_013", APPROVALS_FILE, cause, remedy))
    return replace(release, approvals=(*release.approvals, approval))
