"""Stages of the detector, one command each (README.md): python3 -m detector.STAGE from this folder's parent."""
