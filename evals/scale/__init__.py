"""Benchmark of size: build time, disk, memory, speed and recall of an index of many passages."""
