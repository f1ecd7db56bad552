"""Tests of kuule.collector.pages."""
