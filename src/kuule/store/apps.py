"""The Django app "store"."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """The Django app: models only, no signals, and nothing runs at start."""

    name = "kuule.store"
    label = "store"
