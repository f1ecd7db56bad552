"""Questionnaires: XLSForm in, a compiled Form out; expressions; one visit; its record. No HTML, HTTP, keys or disks."""
