"""Reference data that the library brings: the states of the world, with their codes, names and successors."""
