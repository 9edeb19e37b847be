"""The knowledge in the formats that people and programs take away, each the same bytes from run to run."""
