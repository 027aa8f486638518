"""The steps by which a panel is made; `defcoop.analysis.panel` is the way in."""
