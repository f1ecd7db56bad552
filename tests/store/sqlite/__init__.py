"""Tests of kuule.store.sqlite."""
