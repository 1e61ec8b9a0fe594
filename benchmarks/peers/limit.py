"""The limit of memory: the time to read the matrix twice and do next to nothing with it.

Ideals taken from the data need one pass for the columns' statistics and one for the scores.
"""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from benchmarks.peers.contenders import Contender

NAME = "reading the matrix twice"
THREADS = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
# Long enough for the processor to fetch ahead, short enough to share among threads.
STRETCH = 262_144


def prepare(problem):
    """Give the call that reads the matrix twice, with as many threads as there are cores."""
    flat = problem.x.reshape(-1, order="A")
    stretches = np.array_split(flat, max(THREADS, flat.size // STRETCH))
    pool = ThreadPoolExecutor(THREADS)

    def read(first):
        for stretch in stretches[first::THREADS]:
            np.maximum.reduce(stretch)

    def read_twice():
        for _ in range(2):
            list(pool.map(read, range(THREADS)))

    return read_twice


LIMIT = Contender(NAME, prepare)
