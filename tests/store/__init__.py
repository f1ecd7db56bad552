"""Tests of kuule.store."""
