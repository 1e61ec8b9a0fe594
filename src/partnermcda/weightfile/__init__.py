"""Files of weights: written by us or typed by hand, as CSV, Excel or JSON."""

from partnermcda.weightfile.reading import entry_words, read_weight_file, read_weights

__all__ = ["entry_words", "read_weight_file", "read_weights"]
