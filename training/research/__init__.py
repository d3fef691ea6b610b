"""Experiments and inspection: nothing that a release needs. Each module is a command (./fast -m research.NAME, from training/)."""
