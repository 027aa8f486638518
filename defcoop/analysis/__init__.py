"""The analyst's library: what is computed from a dataset, one noun a module, each loaded when it is asked for."""
