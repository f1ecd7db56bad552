"""Check digits, as the countries that give numbers to people publish them. Digits in, yes or no out.

Whether a number belongs to anybody is not known here, and is not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Check = Callable[[str], bool]
_FINNISH = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_SPANISH = "TRWAGMYFPDXBNJZSQVHLCKE"
_IRISH = "WABCDEFGHIJKLMNOPQRSTUV"
_ITALIAN_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
_MOST_DAY, _MOST_MONTH = 31, 12


def weighted_sum(digits: str, weights: Sequence[int]) -> int:
    """Each digit times its weight, added up."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B: payment cards, and many numbers of people."""
    doubled = [int(one) * (1 + at % 2) for at, one in enumerate(reversed(digits))]
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0


def mod_11_10(digits: str) -> bool:
    """ISO/IEC 7064, MOD 11,10."""
    product = 10
    for digit in digits[:-1]:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return (11 - product) % 10 == int(digits[-1])


def iban(written: str) -> bool:
    """ISO 13616: the rest after 97 is one."""
    turned = written[4:] + written[:4]
    return int("".join(str(int(one, 36)) for one in turned)) % 97 == 1


def weights_mod_11(weights: Sequence[int], *, ten: int | None = None) -> Check:
    """The last digit is what the weighted sum leaves after 11. `ten` is the digit that stands for a rest of 10; without
    one, such numbers are not given out."""

    def check(digits: str) -> bool:
        rest = weighted_sum(digits, weights) % 11
        return int(digits[-1]) == (rest if rest < 10 else ten)

    return check


def complement_mod_11(weights: Sequence[int], *, ten: int | None = None, at: int = -1) -> Check:
    """The digit at a place is what the weighted sum lacks to a multiple of 11."""

    def check(digits: str) -> bool:
        lacking = -weighted_sum(digits[:at], weights) % 11
        return int(digits[at]) == (lacking if lacking < 10 else ten)

    return check


def complement_mod_10(weights: Sequence[int]) -> Check:
    """The last digit is what the weighted sum lacks to a multiple of 10."""
    return lambda digits: int(digits[-1]) == -weighted_sum(digits[:-1], weights) % 10


def meet_all(*checks: Check) -> Check:
    """Every check holds."""
    return lambda digits: all(check(digits) for check in checks)


def meet_any(*checks: Check) -> Check:
    """One check holds, where a country has had two."""
    return lambda digits: any(check(digits) for check in checks)


def day_and_month(day: int, month: int, *, more: Sequence[int] = (0,), day_more: Sequence[int] = (0,)) -> Check:
    """Two digits at `day` and two at `month` are a day. `more` and `day_more`: what a country adds to them for women, a
    century or a number of another kind."""

    def check(digits: str) -> bool:
        days, months = int(digits[day : day + 2]), int(digits[month : month + 2])
        return any(1 <= days - plus <= _MOST_DAY for plus in day_more) and any(
            1 <= months - plus <= _MOST_MONTH for plus in more
        )

    return check


def baltic(digits: str) -> bool:
    """Estonia and Lithuania: weights once more from three on where the rest is 10."""
    for weights in ((1, 2, 3, 4, 5, 6, 7, 8, 9, 1), (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)):
        rest = weighted_sum(digits, weights) % 11
        if rest < 10:
            return int(digits[-1]) == rest
    return digits[-1] == "0"


def finnish(written: str) -> bool:
    """The rest of day and individual number after 31, as a character."""
    return _FINNISH[int(written[:6] + written[7:10]) % 31] == written[-1].upper()


def spanish(written: str) -> bool:
    """A letter for the rest after 23; X, Y and Z of foreign residents are 0, 1 and 2."""
    number = written[:-1].upper().translate(str.maketrans("XYZ", "012"))
    return _SPANISH[int(number) % 23] == written[-1].upper()


def irish(written: str) -> bool:
    """Weights eight to two; a second letter counts nine times."""
    second = written[8:].upper()
    more = 9 * _IRISH.index(second) if second and second in _IRISH else 0
    return _IRISH[(weighted_sum(written[:7], range(8, 1, -1)) + more) % 23] == written[7].upper()


def italian(written: str) -> bool:
    """Characters at odd places by a table, at even ones by themselves; the rest after 26 as a letter."""
    values = [int(one) if one.isdigit() else ord(one) - ord("A") for one in written[:-1].upper()]
    total = sum(value if at % 2 else _ITALIAN_ODD[value] for at, value in enumerate(values))
    return chr(ord("A") + total % 26) == written[-1].upper()


def french(written: str) -> bool:
    """97 less the rest; Corsica's 2A and 2B count as 19 and 18."""
    number = written[:-2].upper().replace("2A", "19").replace("2B", "18")
    return 97 - int(number) % 97 == int(written[-2:])


def belgian(digits: str) -> bool:
    """97 less the rest, with a two before the number for people born from 2000 on."""
    return int(digits[-2:]) in (97 - int(digits[:-2]) % 97, 97 - int("2" + digits[:-2]) % 97)


def norwegian(digits: str) -> bool:
    """Two check digits: the first also with rests 1, 2 and 3, for the numbers that are given out from 2032."""
    first = (weighted_sum(digits, (3, 7, 6, 1, 8, 9, 4, 5, 2)) + int(digits[9])) % 11
    return first in (0, 1, 2, 3) and weighted_sum(digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def turkish(digits: str) -> bool:
    """The tenth from odd and even places, the eleventh from all."""
    odd, even = sum(map(int, digits[0:9:2])), sum(map(int, digits[1:8:2]))
    return (odd * 7 - even) % 10 == int(digits[9]) and sum(map(int, digits[:10])) % 10 == int(digits[10])


def iranian(digits: str) -> bool:
    """The rest of the weighted sum after 11; from two on, what it lacks to 11. No digit is repeated all over."""
    rest = weighted_sum(digits[:9], range(10, 1, -1)) % 11
    return len(set(digits)) > 1 and int(digits[9]) == (rest if rest < 2 else 11 - rest)


def german(digits: str) -> bool:
    """MOD 11,10; of the first ten digits exactly one occurs more than once, twice or three times."""
    repeated = [count for one in set(digits[:10]) if (count := digits[:10].count(one)) > 1]
    return mod_11_10(digits) and len(repeated) == 1 and repeated[0] in (2, 3)


def portuguese(written: str) -> bool:
    """Luhn, with letters from ten on: every second one from the right is doubled, less nine where it is more."""
    total = 0
    for at, one in enumerate(reversed(written.upper())):
        value = int(one, 36) * (1 + at % 2)
        total += value - 9 if at % 2 and value > 9 else value
    return total % 10 == 0


def russian_pension(digits: str) -> bool:
    """The weighted sum after 101."""
    return weighted_sum(digits, range(9, 0, -1)) % 101 % 100 == int(digits[-2:])


def russian_tax(digits: str) -> bool:
    """Two check digits, each a rest after 11 and then after 10."""
    weights = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
    first, second = (weighted_sum(digits, more) % 11 % 10 for more in (weights, (3, *weights)))
    return (first, second) == (int(digits[10]), int(digits[11]))


def czech(digits: str) -> bool:
    """Ten digits divide by 11; the nine of those born before 1954 have no check."""
    return len(digits) == 9 or int(digits) % 11 == 0 or (int(digits[:9]) % 11 == 10 and digits[9] == "0")


def chilean(written: str) -> bool:
    """Weights two to seven from the right; ten is a K."""
    total = sum(int(one) * (2 + at % 6) for at, one in enumerate(reversed(written[:-1])))
    return "0123456789K0"[-total % 11] == written[-1].upper()
