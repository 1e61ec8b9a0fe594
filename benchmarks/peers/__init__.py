"""Other libraries and this one on the same arrays, side by side: `python -m benchmarks.peers`."""
