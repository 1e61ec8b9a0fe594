"""Registers of ten thousand to a hundred million actors: `python -m benchmarks.scale`."""
