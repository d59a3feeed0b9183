"""The error of this room. Nothing heavy is imported here: the command line always needs it."""

from netra.errors import ConfigError


class DatasetError(ConfigError):
    """A dataset for evaluation is not laid out as expected; one line for each problem."""
