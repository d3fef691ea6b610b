"""Heat-map encoding and decoding, the one definition of both. Positions are in cells, pixel-edge: the centre of cell i is i + 0.5.

A map is a distribution over its cells (spatial softmax). A coarse map has one outcome more, "absent", whose logit is fixed at 0,
so its cells sum to the probability that the joint is in the crop.
"""
import torch
from torch.nn import functional as F

SIGMA = 1.0  # of the target, in cells
WINDOW = 5  # cells on a side of the window that the coarse position is averaged over


def encode(points, size):
    """points [..., 2] in cells -> Gaussian targets [..., size, size] that sum to 1."""
    centres = torch.arange(size, dtype=torch.float32, device=points.device) + 0.5
    weight = torch.exp(-(centres - points[..., None]) ** 2 / (2 * SIGMA ** 2)) + 1e-12
    weight = weight / weight.sum(-1, keepdim=True)
    return weight[..., 1, :, None] * weight[..., 0, None, :]


def coarse_probabilities(logits):
    """[N, J, G, G] -> [N, J, G, G]: softmax over the cells and "absent"."""
    flat = logits.flatten(2)
    return F.softmax(F.pad(flat, (0, 1)), 2)[..., :-1].view_as(logits)


def coarse_peak(probabilities):
    """[N, J, G, G] -> column and row of the largest cell [N, J, 2] (long; the first one where two are equal)."""
    size = probabilities.shape[-1]
    index = probabilities.flatten(2).argmax(2)
    return torch.stack([index % size, torch.div(index, size, rounding_mode='floor')], -1)


def window_mass(probabilities, peak):
    """The 5 x 5 cells around the peak (zeros outside the map): [N, J, 5, 5]."""
    n, joints, size, _ = probabilities.shape
    half = WINDOW // 2
    padded = F.pad(probabilities, (half,) * 4).flatten(2)
    step = torch.arange(WINDOW, device=peak.device)
    index = (peak[..., 1, None, None] + step[:, None]) * (size + 2 * half) + peak[..., 0, None, None] + step
    return padded.gather(2, index.flatten(2)).view(n, joints, WINDOW, WINDOW)


def coarse_position(probabilities, peak):
    """Mean of the cell centres over the window, weighted by probability: [N, J, 2] in cells."""
    mass = window_mass(probabilities, peak)
    step = torch.arange(WINDOW, dtype=torch.float32, device=peak.device) - WINDOW // 2 + 0.5
    total = mass.sum((2, 3)).clamp(min=1e-12)
    offset = torch.stack([(mass.sum(2) * step).sum(2) / total, (mass.sum(3) * step).sum(2) / total], -1)
    return peak + offset


def fine_position(probabilities):
    """Expectation of the cell centres over the whole map: [N, J, 2] in cells of the fine map."""
    centres = torch.arange(probabilities.shape[-1], dtype=torch.float32, device=probabilities.device) + 0.5
    return torch.stack([(probabilities.sum(2) * centres).sum(2), (probabilities.sum(3) * centres).sum(2)], -1)
