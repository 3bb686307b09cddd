"""Formats: one module a way to write events down, each with the interface of `service.formats.document`."""
