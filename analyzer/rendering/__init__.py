"""Renderings of results and documents: values in, text out; no I/O and no decisions."""
