"""Engines: readers of meetings behind one protocol, `analyzer.engines.base.Engine`."""
