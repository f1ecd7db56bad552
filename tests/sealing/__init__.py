"""Tests of kuule.sealing."""
