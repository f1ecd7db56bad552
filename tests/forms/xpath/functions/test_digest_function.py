from __future__ import annotations

import pytest

from kuule.core.problems import KuuleError
from tests.forms.xpath.asking import ask

XML = "<data><how>SHA-256</how><odd>SHA-3</odd></data>"


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ("'', 'MD5', 'hex'", "d41d8cd98f00b204e9800998ecf8427e"),
        ("'', 'SHA-1', 'hex'", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        ("'', 'SHA-256'", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
        ("'', how, 'base64'", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
        ("'', odd", ""),
    ],
)
def test_digest(arguments: str, text: str) -> None:
    assert ask(f"digest({arguments})", XML).string == text


@pytest.mark.parametrize("arguments", ["'a', 'SHA-3'", "'a', 'MD5', 'binary'"])
def test_digest_by_what_does_not_exist_is_refused_beforehand(arguments: str) -> None:
    with pytest.raises(KuuleError, match="FORM_110"):
        ask(f"digest({arguments})")


def test_digests_of_384_and_512_bits_are_as_long() -> None:
    assert [len(ask(f"digest('a', '{name}', 'hex')").string) for name in ("SHA-384", "SHA-512")] == [96, 128]
