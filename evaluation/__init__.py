"""How often netra is wrong: accuracy on photos whose truth is known, with intervals, beside its peers."""
