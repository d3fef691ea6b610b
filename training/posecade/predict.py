"""From crops to joints with a trained network, in float32: the path that the browser takes, step for step."""
import cv2
import numpy as np
import torch
from torch.nn import functional as F

from .codec import coarse_peak, coarse_position, coarse_probabilities, fine_position, window_mass
from .model import CROP, FINE_STRIDE, INPUT, STRIDE, pyramid

MARGIN = 1.0625
"""Side of the crop that the app takes of a person, over the longer side of the box (MARGIN of src/pose/roi.ts)."""


def shrink(crop):
    """uint8 [S, S, 3] -> [192, 192, 3]: every output pixel is the mean of the area it covers."""
    if crop.shape[0] == INPUT:
        return crop
    how = cv2.INTER_AREA if crop.shape[0] > INPUT else cv2.INTER_LINEAR
    return cv2.resize(crop, (INPUT, INPUT), interpolation=how)


def middle(crop, share):
    """The middle square of a crop, `share` of its side: uint8 [S, S, 3] -> [192, 192, 3], every output pixel the mean of the area it covers.
    share * S must be 192 or more."""
    size = crop.shape[0]
    step = share * size / INPUT
    start = (1 - share) / 2 * size + np.arange(INPUT)[:, None] * step
    pixel = np.arange(size)
    weights = np.clip(np.minimum(pixel + 1, start + step) - np.maximum(pixel, start), 0, None).astype(np.float32) / np.float32(step)
    rows = np.tensordot(weights, crop.astype(np.float32), (1, 0))
    return np.rint(np.tensordot(weights, rows, (1, 1)).transpose(1, 0, 2)).astype(np.uint8)


def run(network, pixels):
    """uint8 [N, 192, 192, 3], on the network's device -> dict of torch tensors on the CPU; positions in pixels of the 192 px crop.
    coarse, fine [N, 19, 2]; mass, sharp [N, 19]: what the score is made of (see confidence.py); first, maps [N, 19, 24, 24]
    probabilities; fine_maps [N, 19, 10, 10] probabilities; cells [N, 19, 2] coarse peaks, column and row; deepest [N, 192, 6, 6] features."""
    device = next(network.parameters()).device
    with torch.no_grad():
        out = network.coarse(pyramid(torch.from_numpy(np.ascontiguousarray(pixels)).to(device)))
        maps = coarse_probabilities(out['maps'])
        cells = coarse_peak(maps)
        logits = network.fine(out['early'], out['late'], out['maps'], cells)
        fine_maps = F.softmax(network.fine.sharpness * logits.flatten(2), 2).view_as(logits)
        results = dict(
            maps=maps, cells=cells, fine_maps=fine_maps, first=coarse_probabilities(out['first']),
            coarse=coarse_position(maps, cells) * STRIDE,
            fine=(cells - CROP // 2) * STRIDE + fine_position(fine_maps) * FINE_STRIDE,
            mass=window_mass(maps, cells).sum((2, 3)), sharp=fine_maps.flatten(2).amax(2), deepest=out['deepest'])
    return {key: value.cpu() for key, value in results.items()}


def run_all(network, crops, share=1.0, batch=32, keys=('coarse', 'fine', 'mass', 'sharp')):
    """The network on the middle `share` of crops uint8 [N, S, S, 3] (may be a memory map) -> these of run's results, joined; positions in
    pixels of S."""
    size, parts = crops.shape[1], []
    for start in range(0, len(crops), batch):
        pixels = [shrink(crop) if share == 1 else middle(crop, share) for crop in crops[start:start + batch]]
        out = run(network, np.stack(pixels))
        parts.append({key: out[key] for key in keys})
    joined = {key: torch.cat([part[key] for part in parts]).numpy() for key in parts[0]}
    for key in {'coarse', 'fine'} & set(keys):
        joined[key] = joined[key] * (share * size / INPUT) + (1 - share) / 2 * size
    return joined
