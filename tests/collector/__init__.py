"""Tests of kuule.collector."""
