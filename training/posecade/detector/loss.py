"""Penalty-reduced focal loss of the centres ("Objects as Points"), generalised IoU and distances of the boxes, around centres."""
import torch
from torch.nn import functional as F

from .model import boxes

FOCUS, DISCOUNT = 2, 4  # alpha and beta of the focal loss
SIDES, LOG = 1.0, 0.2  # weights of GIoU and of the logarithms' distance


def centre_loss(logits, heat, weight):
    """logits [N, 1, 32, 32]; heat and weight [N, 32, 32]. A mean over the people of the batch."""
    logits = logits[:, 0]
    p = torch.sigmoid(logits)
    centre = (heat == 1).float()
    here = centre * (1 - p) ** FOCUS * F.logsigmoid(logits)
    away = (1 - centre) * weight * (1 - heat) ** DISCOUNT * p ** FOCUS * F.logsigmoid(-logits)
    return -(here + away).sum() / centre.sum().clamp(min=4)


def giou(a, b):
    """Boxes [N, 4, ...] -> generalised IoU [N, ...]."""
    area = [(x[:, 2] - x[:, 0]) * (x[:, 3] - x[:, 1]) for x in (a, b)]
    both = ((torch.minimum(a[:, 2:], b[:, 2:]) - torch.maximum(a[:, :2], b[:, :2])).clamp(min=0)).prod(1)
    hull = (torch.maximum(a[:, 2:], b[:, 2:]) - torch.minimum(a[:, :2], b[:, :2])).prod(1)
    union = area[0] + area[1] - both
    return both / union - (hull - union) / hull


def losses(network, x, heat, weight, sides, near):
    """Returns the loss and a dict of its parts."""
    logits, predicted = network(x)
    people = near.sum().clamp(min=4)
    parts = dict(centre=centre_loss(logits, heat, weight),
                 giou=((1 - giou(boxes(predicted), boxes(sides))) * near).sum() / people,
                 log=((predicted - sides).abs().mean(1) * near).sum() / people)
    return parts['centre'] + SIDES * parts['giou'] + LOG * parts['log'], parts
