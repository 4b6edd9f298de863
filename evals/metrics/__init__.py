"""One module a metric; each scores one answer against one case."""
