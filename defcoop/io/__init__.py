"""Files in and out: strict YAML, the layout of a checkout, seed texts, git, and writing that is whole or not at all."""
