"""Benchmarks: synthetic checkouts, a floor, peers, and paired runs that print ratios (`make bench`)."""
