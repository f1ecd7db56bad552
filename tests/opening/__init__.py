"""Tests of kuule.opening."""
