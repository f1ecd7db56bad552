"""Where a release comes from, as it may be published: number of responses, months, and what cleaning excluded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kuule.disclosure.differencing import GroupHierarchy, count_label, has_close_superset, label_in_dataset
from kuule.disclosure.release_id import release_id
from kuule.disclosure.required_tables import required_groups
from kuule.disclosure.successive_releases import EarlierReleases, ShownGroup, shown_responses
from kuule.disclosure.thresholds import DisclosureRules
from kuule.tables.released import ReleasedColumn, ReleasedOrigin, WithheldReason
from kuule.tables.request import TableRequest
from kuule.tables.result import DataOrigin, MonthlyResponses, PeopleCount, SetAside

_OUTSIDE_AT_MOST_ONE_IN = 5
"""At most one in this many responses may have been sent outside the months that are named."""


def release_origin(
    origin: DataOrigin,
    rules: DisclosureRules,
    requests: Iterable[TableRequest] = (),
    *,
    supersets: Sequence[PeopleCount] = (),
    earlier: EarlierReleases | None = None,
) -> ReleasedOrigin:
    """The origin of a release, as it may be published. The number of responses has noise. It is None if there are too
    few, if it is too close to the number of a group that contains them, or too close to what was shown of an earlier
    dataset.

    `supersets` are the counts of `required_groups(origin.within, rules)`: none for a report on everyone.
    Raises ValueError if one of them is missing, or if the origin has no cell key because nothing was counted.
    """
    _check_was_counted(origin, rules, supersets)
    noted = shown_responses(origin, GroupHierarchy(rules.groups, rules.versions))
    responses, why = _noisy_responses(noted, supersets, rules, earlier)
    carried = _carried_responses(noted, why, earlier)
    return ReleasedOrigin(
        study=origin.study,
        dataset=origin.dataset,
        editions=origin.editions,
        rehearsal=origin.rehearsal,
        responses=responses if carried is None else carried.base,
        languages=origin.languages,
        unopened=origin.unopened,
        smallest_count=rules.smallest_count,
        smallest_base=rules.smallest_base,
        noise_variance=rules.noise_variance,
        noise_bound=rules.noise_bound,
        key_fingerprints=origin.key_fingerprints,
        set_aside={
            one.rule: None if responses is None else _noisy_set_aside(one, noted, rules) for one in origin.set_aside
        },
        months=_months(origin.responses_by_month, rules) if carried is None else None,
        release=release_id(origin, requests, rules),
        within=origin.within,
        withheld_reason=None if carried is not None else why,
        responses_carried_from="" if carried is None else carried.carried_from,
    )


def _check_was_counted(origin: DataOrigin, rules: DisclosureRules, supersets: Sequence[PeopleCount]) -> None:
    """Raise ValueError unless the origin has a cell key and all groups that contain it were counted."""
    if origin.key is None:
        raise ValueError("an origin without a cell key cannot be released")
    if len(supersets) != len(required_groups(origin.within, rules)):
        raise ValueError(f"the groups around {origin.within} were not counted")


def _noisy_responses(
    noted: ShownGroup, supersets: Iterable[PeopleCount], rules: DisclosureRules, earlier: EarlierReleases | None
) -> tuple[int, None] | tuple[None, WithheldReason]:
    """The number of responses with noise, or the reason why it is withheld."""
    about = count_label(noted.item, noted.people)
    seen = rules.noise.perturb(noted.size, noted.size_key, about)
    if seen < rules.base_threshold:
        return None, WithheldReason.FEW
    if has_close_superset(PeopleCount(noted.size, noted.size_key), supersets, rules, about):
        return None, WithheldReason.NEAR
    if earlier is not None and earlier.is_too_near(noted):
        return None, WithheldReason.JOINED
    return seen, None


def _carried_responses(
    noted: ShownGroup, why: WithheldReason | None, earlier: EarlierReleases | None
) -> ReleasedColumn | None:
    """The number that was published from an earlier dataset, if too few people have joined since for a new one."""
    if earlier is None or why is not WithheldReason.JOINED:
        return None
    return earlier.carried_column(noted.item, noted.people, ())


def _months(sent: Sequence[MonthlyResponses], rules: DisclosureRules) -> tuple[str, str] | None:
    """The first and the last month of answering. By the end of the first, enough people had sent their answers, and
    from the last one on enough did, so that nobody stands out as the very first or last. None if more than one in five
    sent in other months: the two months would then not be true of them."""
    first, last = _month_with_enough(sent, rules), _month_with_enough(sent[::-1], rules)
    if first is None or last is None:
        return None
    # If most people sent in one month, the "last" month can come before the "first".
    first, last = min(first, last), max(first, last)
    outside = _noisy_number((one for one in sent if not first <= one.month <= last), rules)
    return (first, last) if outside * _OUTSIDE_AT_MOST_ONE_IN <= _noisy_number(sent, rules) else None


def _noisy_number(sent: Iterable[MonthlyResponses], rules: DisclosureRules) -> int:
    """How many people sent their answers in these months, with noise."""
    sent = tuple(sent)
    return rules.noise.perturb(sum(one.responses for one in sent), sum(one.key for one in sent))


def _month_with_enough(sent: Sequence[MonthlyResponses], rules: DisclosureRules) -> str | None:
    """The month in which the running number of responses, with noise, reaches the smallest base that is shown."""
    people = key = 0
    for one in sent:
        people, key = people + one.responses, key + one.key
        if rules.noise.perturb(people, key) >= rules.base_threshold:
            return one.month
    return None


def _noisy_set_aside(aside: SetAside, noted: ShownGroup, rules: DisclosureRules) -> int | None:
    """How many responses a cleaning rule excluded, with noise. None if there are few, or nearly all of them."""
    about = label_in_dataset(noted.size_key, count_label(aside.rule, noted.people))
    flagged = rules.noise.perturb(aside.flagged, aside.key, about)
    others = rules.noise.perturb(noted.size - aside.flagged, noted.size_key - aside.key, about)
    return flagged if min(flagged, others) >= rules.smallest_count else None
