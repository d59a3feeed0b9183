"""What only the command line needs: its texts, tables, progress, files of records, annotated pictures, self-check.

Nothing here parses arguments (``cli.py`` does) and nothing decides what a photo shows (the rooms below do).
"""
