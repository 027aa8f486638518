"""How a record is drawn; `defcoop.analysis.draws` is the way in."""
