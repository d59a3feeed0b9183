"""What every room of netra shares: the error tree, the symbols, the reading of TOML files and the version."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("netra")
except PackageNotFoundError:  # run from a source tree that was never installed
    __version__ = "0+unknown"
