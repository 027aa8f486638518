"""Tables of others beside ours: how they name states and times, and what of them has no partner among ours."""
