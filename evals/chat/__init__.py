"""Scripted chat models behind a real HTTP server: honest ones, liars, obedient ones and broken ones."""
