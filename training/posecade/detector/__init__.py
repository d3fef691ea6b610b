"""The detector: finds everybody's box in one pass over the whole image."""
