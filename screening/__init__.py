"""Rulebooks, rules and the scan: from files and rulebooks to records and findings."""
