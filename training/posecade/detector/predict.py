"""Boxes of everybody in an image: letterbox, network, peaks, suppression, score."""
import cv2
import numpy as np
import torch

from .decode import people
from .model import INPUT, boxes, normalise


def letterbox(image):
    """uint8 [H, W, 3] -> [320, 320, 3], as large as it goes, in the middle, black beside it; and x0, y0, scale with which a point
    of the square becomes one of the image: (p - (x0, y0)) / scale."""
    height, width = image.shape[:2]
    scale = INPUT / max(height, width)
    wide, high = max(1, round(width * scale)), max(1, round(height * scale))
    x0, y0 = (INPUT - wide) // 2, (INPUT - high) // 2
    square = np.zeros((INPUT, INPUT, 3), np.uint8)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    square[y0:y0 + high, x0:x0 + wide] = cv2.resize(image, (wide, high), interpolation=how)
    return square, x0, y0, scale


def run(network, pixels):
    """uint8 [N, S, S, 3] -> centre logits [N, S / 8, S / 8] and sides [N, 4, S / 8, S / 8], numpy."""
    with torch.no_grad():
        centre, sides = network(normalise(torch.from_numpy(pixels)))
    return centre[:, 0].numpy(), sides.numpy()


def detect(network, image, floor=-4.0):
    """Boxes [K, 4] in px of the image, clipped to it, and their logits [K], best first; floor is a logit."""
    square, x0, y0, scale = letterbox(image)
    centre, sides = run(network, square[None])
    found, logits = people(centre[0], boxes(torch.from_numpy(sides))[0].numpy(), floor)
    limit = np.tile(image.shape[1::-1], 2)
    return np.clip((found - (x0, y0, x0, y0)) / scale, 0, limit), logits
