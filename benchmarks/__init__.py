"""Measurements of Dateline beside other programs; see README.md."""
