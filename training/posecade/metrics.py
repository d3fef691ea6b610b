"""Figures that training and evaluation share."""
import numpy as np


def calibration_error(score, hit, bins=10):
    """Expected calibration error: score [N] in 0..1 as the probability of hit [N]."""
    index = np.clip((score * bins).astype(int), 0, bins - 1)
    return sum(abs(score[index == i].mean() - hit[index == i].mean()) * (index == i).mean() for i in range(bins) if (index == i).any())
