"""What holds for all tests."""

from hypothesis import settings

# How long something takes is measured in benchmarks, never tested: machines are busy at times.
# A check of every change has minutes; `--hypothesis-profile thorough` is for a night.
settings.register_profile("untimed", deadline=None, max_examples=60)
settings.register_profile("thorough", deadline=None, max_examples=1_000)
settings.load_profile("untimed")
