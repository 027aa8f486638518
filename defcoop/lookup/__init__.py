"""Lookup: who or what is meant by an id, a code or a name, and why; never a silent guess between two."""
