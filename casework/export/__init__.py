"""Exports: a case or a run as a package that a stranger can read and check without netra."""
