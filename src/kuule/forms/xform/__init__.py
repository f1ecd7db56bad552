"""Reads an XForm's XML into frozen, uncompiled definitions (ODK XForms). No other package of kuule.forms knows XML."""
