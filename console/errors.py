"""Ends of a command that only the command line knows. Nothing heavy is imported here: ``cli.py`` always needs it."""

from netra.errors import ConfigError, NetraError


class ReaderGoneError(Exception):
    """Whoever read the standard output (``head``, a pager) has closed it: there is nobody left to write to."""


class NotEnrolledError(ConfigError):
    """The election file is right, but its reference photos do not do; one line for each problem."""


class DemoFilesMissingError(NetraError):
    """The files of the demo are not where the installation puts them."""
