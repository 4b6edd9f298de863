"""Right answers spoilt on purpose, to see whether the metrics notice."""
