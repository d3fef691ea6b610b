"""The validation sets and the figures on them: each module is a command (python3 -m evaluation.NAME, from training/)."""
