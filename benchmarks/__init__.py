"""How fast netra is on this machine, beside the pipeline that people build today: ``python -m benchmarks``."""
