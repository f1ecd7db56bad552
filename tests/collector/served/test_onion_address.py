"""Addresses of onion services: those that exist, and what differs from one by a letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.collector.served.onion_address import (
    is_host_of_service,
    is_onion_address,
    is_service_address,
    onion_name,
)

TOR_PROJECT = "2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid.onion"
"""The Tor project's own site, made by tor and not by us."""


def test_address_that_tor_made_is_whole() -> None:
    assert is_service_address(f"http://{TOR_PROJECT}")


@pytest.mark.parametrize("address", [f"https://{TOR_PROJECT}:8443", f"http://survey.{TOR_PROJECT}"])
def test_address_of_a_site_may_have_more_than_that_of_the_service(address: str) -> None:
    assert (is_onion_address(address), is_service_address(address)) == (True, False)


@pytest.mark.parametrize(
    "address",
    ["", TOR_PROJECT, f"http://{TOR_PROJECT}/", f"http://{TOR_PROJECT}\n", "http://survey.example.org",
     f"http://{'a' * 56}.onion", f"http://{TOR_PROJECT.upper()}", f"ftp://{TOR_PROJECT}"],
)  # fmt: skip
def test_what_is_none_is_none(address: str) -> None:
    assert (is_onion_address(address), is_service_address(address)) == (False, False)


@given(st.binary(min_size=32, max_size=32), st.integers(0, 55), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_one_wrong_letter_is_found(key: bytes, place: int, letter: str) -> None:
    name = onion_name(key)
    changed = f"{name[:place]}{letter}{name[place + 1 :]}"
    assert is_service_address(f"http://{changed}") == (changed == name)


@pytest.mark.parametrize(
    ("host", "own"),
    [(TOR_PROJECT, True), (f"{TOR_PROJECT}:80", True), (f"www.{TOR_PROJECT.upper()}", True), (f"x{TOR_PROJECT}", False),
     (f"{TOR_PROJECT}.example.org", False), ("", False), ("survey.example.org", False), (f"{TOR_PROJECT}:8080", False)],
)  # fmt: skip
def test_host_is_that_of_the_service_or_below_it(host: str, own: bool) -> None:
    assert is_host_of_service(host, f"http://{TOR_PROJECT}") is own
