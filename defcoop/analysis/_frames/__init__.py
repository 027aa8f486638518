"""The inside of frames: where cells come from, what columns mean, and one module for each backend."""
