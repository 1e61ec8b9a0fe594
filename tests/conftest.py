"""What holds for all tests."""

from hypothesis import settings

# How long something takes is measured in benchmarks, never tested: machines are busy at times.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
