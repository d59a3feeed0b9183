"""A trained reader of symbols beside the one of ``vision.symbols``: ``python -m benchmarks.symbol_reader``."""
