"""Weight vectors drawn at random."""

from partnermcda.core.weight_space.drawing import draw_weights
from partnermcda.core.weight_space.simplex import weights_from_uniforms
from partnermcda.core.weight_space.sources import as_generator, rng_faults, size_faults
from partnermcda.core.weight_space.spread import scatter, spread_of

__all__ = [
    "as_generator",
    "draw_weights",
    "rng_faults",
    "scatter",
    "size_faults",
    "spread_of",
    "weights_from_uniforms",
]
