"""Use cases: one straight function each over a Workspace, returning a value of `analyzer.model.results`."""
