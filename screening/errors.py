"""Mistakes in files that only a scan reads; here, so that the command line can tell them without loading the rest."""

from netra.errors import ConfigError


class ManifestError(ConfigError):
    """A manifest has mistakes."""
