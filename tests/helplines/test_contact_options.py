"""How a service is reached: what a phone may dial, and what is better left as it is written."""

from __future__ import annotations

import pytest

from kuule.helplines.contact_options import ContactChannel, ContactOption, contact_options
from kuule.helplines.directory import built_in_directory


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("116 111", "tel:116111"),
        ("0800 1111", "tel:08001111"),
        ("1-800-668-6868", "tel:18006686868"),
        ("+358 9 4135 0510", "tel:+358941350510"),
        ("*4141", "tel:*4141"),
        ("٠٨٠٠ ١١١١", "tel:08001111"),
        ("SMS 3060", "sms:3060"),
        ("119 ext. 8", "tel:119"),
    ],
)
def test_number_is_linked_as_it_is_dialled(written: str, link: str) -> None:
    assert [reach.link for reach in contact_options(written)] == [link]


@pytest.mark.parametrize(
    "written",
    [
        "+44 (0)20 7123 4567",
        "116 111 or 020 12 34",
        "*21*0700123456#",
        "#31#116111",
        "09 1234, pin 5",
        "chat only",
        "1٬800",
    ],
)
def test_what_could_ring_somewhere_else_is_shown_as_it_is_written_and_not_linked(written: str) -> None:
    assert contact_options(written) == (ContactOption(ContactChannel.CALL, written),)


def test_parts_are_told_apart_and_words_stand_beside_the_number() -> None:
    written = "988; SMS CONNECT to 686868; WhatsApp +44 7700 900123; Welsh 0808 164 0123; 0800 500 500 (Ukrainian)"
    assert contact_options(written) == (
        ContactOption(ContactChannel.CALL, "988", "tel:988"),
        ContactOption(ContactChannel.TEXT, "686868", "sms:686868", "CONNECT to"),
        ContactOption(ContactChannel.WHATSAPP, "+44 7700 900123"),
        ContactOption(ContactChannel.CALL, "0808 164 0123", "tel:08081640123", "Welsh"),
        ContactOption(ContactChannel.CALL, "0800 500 500", "tel:0800500500", "", "(Ukrainian)"),
    )
    assert contact_options("") == contact_options(" ; ") == ()


def test_every_number_of_the_directory_can_be_pressed() -> None:
    """WhatsApp apart, which a phone does not dial. What is shown is what was written, with nothing left out."""
    for service in built_in_directory().services:
        assert (
            "".join(service.phone.replace(";", "").split()).casefold()
            == "".join(
                "".join(
                    (
                        {ContactChannel.TEXT: "SMS", ContactChannel.WHATSAPP: "WhatsApp"}.get(one.way, "")
                        + one.before
                        + one.number
                        + one.after
                    ).split()
                )
                for one in service.ways
            ).casefold()
        )
        assert [one for one in service.ways if not one.link and one.way is not ContactChannel.WHATSAPP] == []
