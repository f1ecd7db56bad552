"""Compiles an XForm's definitions to a Form, once for an edition; all visits share it. Everything that can be wrong
with a form is found here."""
