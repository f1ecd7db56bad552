"""The kinds of contacts that can be stripped from open answers, as `[answers] strip` names them."""

from __future__ import annotations

from enum import StrEnum


class StrippedKind(StrEnum):
    """A kind of contact. Where two could be meant, the one that stands first is."""

    LINKS = "links"
    """Addresses with a scheme, a path or a number, onion and IPFS addresses, magnet links."""
    MAIL = "mail"
    HANDLES = "handles"
    """Names of accounts, names after that of a messenger, phone numbers."""
    CODES = "codes"
    """Long mixes of letters and digits: invitations, hashes, keys, wallets."""
    SITES = "sites"
    """Names of sites with their ending, like those of hosts, without a scheme or path."""
