"""Parts of `defcoop.analysis.agreement`."""
