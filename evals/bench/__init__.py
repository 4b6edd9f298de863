"""Measures what the assistant costs: CPU a question, start-up seconds of the commands."""
