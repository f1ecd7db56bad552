"""The site of one worker process: Django's settings from the options, and what the views need, in one place."""

from __future__ import annotations

import gc
import logging.config
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import Http404

from kuule.collector.http.upload_limits import UploadLimits, upload_limits_of
from kuule.collector.pages import TEMPLATES
from kuule.collector.pages.page_sizes import minimum_page_size
from kuule.collector.served.closed_study import ClosedStudy
from kuule.collector.served.serve_options import ServeOptions
from kuule.collector.served.served_editions import ServedEdition, ServedLanguage, load_editions
from kuule.collector.session.codec import TokenCodec
from kuule.collector.session.conversation import Conversation
from kuule.collector.session.token_secret import load_token_secret
from kuule.store.database import configure
from kuule.web.redacted_logging import LOGGING
from kuule.web.templates import load_templates, templates_setting


@dataclass(frozen=True, slots=True)
class CollectorSite:
    """`conversation` is None where the site is closed: it cannot take answers safely, so it takes none."""

    conversation: Conversation | None
    drafts: bool = False
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    closed_study: ClosedStudy | None = None
    """What a closed site still shows."""
    waits_for_store: bool = False
    """Whether it is closed only because of its store, which may come back."""


class _Running:
    """The site of this process. There is one, as with Django's settings."""

    site = CollectorSite(None)


def running_site() -> CollectorSite:
    """The site that the views serve."""
    return _Running.site


def run_site(site: CollectorSite) -> None:
    """From now on, the views serve this site: for who has configured Django, and loads no editions."""
    _Running.site = site


def current_conversation() -> Conversation:
    """The conversation of the running site. Raises Http404 where the site is closed; the middleware answers before
    that."""
    conversation = running_site().conversation
    if conversation is None:
        raise Http404
    return conversation


def current_edition_in(tag: str) -> tuple[ServedEdition, ServedLanguage]:
    """The current edition and the language `tag` of it. Raises Http404 where that is not open."""
    served = current_conversation().editions.current
    if tag not in served.languages:
        raise Http404
    return served, served.languages[tag]


def start_site(options: ServeOptions, clock: Callable[[], datetime] | None = None) -> CollectorSite:
    """Configure this process for `options`. Raises KuuleError where the editions, the secret or the store cannot be
    used."""
    editions = load_editions(options)
    secret = load_token_secret(options.secret, environment=os.environ)
    limits = upload_limits_of(editions)
    configure_django(
        options.database,
        limits,
        onion=options.onion,
        onion_location=options.onion_location,
        scrubbed_front=options.scrubbed_front,
    )
    load_templates()
    for served in editions.editions:
        _ = minimum_page_size(served), served.minutes  # now, and not while the first visitor waits
    conversation = Conversation(TokenCodec.from_secret(secret, editions))
    _Running.site = (
        CollectorSite(conversation, options.drafts, clock) if clock else CollectorSite(conversation, options.drafts)
    )
    return _Running.site


def forget_site() -> None:
    """Forget the site, whose secret and counts each worker has for itself. Workers are copies of this process, with the
    editions that it read; what lasts is set aside, so that no search for cycles in a worker copies its memory."""
    _Running.site = CollectorSite(None)
    gc.collect()
    gc.freeze()
    gc.enable()  # `kuule serve` looks for no cycles before: of what a start makes next to nothing goes


def close_site(
    database: str,
    closed_study: ClosedStudy | None = None,
    *,
    drafts: bool = False,
    waits_for_store: bool = False,
    onion: str = "",
) -> CollectorSite:
    """Configure this process to say "closed for now" at every address, and to show the help of `closed_study`."""
    configure_django(database, UploadLimits(), onion=onion)
    load_templates()
    _Running.site = CollectorSite(None, drafts, closed_study=closed_study, waits_for_store=waits_for_store)
    return _Running.site


def configure_django(
    database: str,
    limits: UploadLimits,
    *,
    onion: str = "",
    onion_location: str = "",
    scrubbed_front: bool = False,
) -> None:
    """Configure Django: no contrib apps, sessions, cookies, admin or messages, and nothing that shows a value."""
    configure(
        database,
        # Not used: nothing is signed by Django, and no page is made from the Host header.
        SECRET_KEY="not used",  # noqa: S106
        ALLOWED_HOSTS=["*"],
        DEBUG=False,
        ROOT_URLCONF="kuule.collector.http.urls",
        MIDDLEWARE=[
            "kuule.web.length_hiding.page_padding.pad_pages",
            "kuule.web.headers.security_headers",
            "kuule.collector.http.onion_host.refuse_other_hosts",
            "kuule.collector.http.refused_requests.refuse_unreadable_requests",
        ],
        TEMPLATES=templates_setting([TEMPLATES]),
        APPEND_SLASH=False,
        USE_I18N=False,
        LOGGING=LOGGING,
        DATA_UPLOAD_MAX_MEMORY_SIZE=limits.max_bytes,
        DATA_UPLOAD_MAX_NUMBER_FIELDS=limits.max_fields,
        DATA_UPLOAD_MAX_NUMBER_FILES=0,
        FILE_UPLOAD_HANDLERS=[],
        ONION_SERVICE=onion,
        ONION_LOCATION=onion_location,
        SCRUBBED_FRONT=scrubbed_front,
    )
    # Django takes LOGGING only where it is configured for the first time.
    logging.config.dictConfig(LOGGING)
