"""Analyzer: tells a paying client from a strategic partner, with the words that prove it."""

__version__ = "0.1.0"
