"""What is written from the models: codebook, JSON Schemas, citation and catalogue metadata."""
