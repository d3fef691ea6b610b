"""From maps to boxes, as src/pose/detection.ts does it: peaks of 3 x 3 cells, greedy suppression by overlap, then for each box that is left
the mean of the cells that nearly agree with it."""
import numpy as np

OVERLAP = 0.7  # boxes that overlap more (IoU) are one person; poses tell the rest
VOTING_OVERLAP = 0.7  # cells whose boxes overlap a person's by this or more (IoU) vote on it
MOST = 100  # people an image


def iou(a, b):
    """Boxes [A, 4] and [B, 4] (x0, y0, x1, y1) -> intersection over union [A, B]."""
    low, high = np.maximum(a[:, None, :2], b[None, :, :2]), np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = np.clip(high - low, 0, None).prod(2)
    area = [np.clip(x[:, 2:] - x[:, :2], 0, None).prod(1) for x in (a, b)]
    return both / np.maximum(area[0][:, None] + area[1][None] - both, 1e-9)


def covered(boxes, areas):
    """Part of each box [B, 4] that lies in whichever of the areas [A, 4] holds most of it: [B]."""
    low, high = np.maximum(boxes[:, None, :2], areas[None, :, :2]), np.minimum(boxes[:, None, 2:], areas[None, :, 2:])
    both = np.clip(high - low, 0, None).prod(2)
    return (both / np.maximum((boxes[:, 2:] - boxes[:, :2]).prod(1), 1e-6)[:, None]).max(1, initial=0)


def suppress(boxes, scores, overlap=OVERLAP):
    """Indices of the boxes that stay, best first."""
    order = list(np.argsort(-scores, kind='mergesort'))
    matrix, kept = iou(boxes, boxes), []
    for i in order:
        if all(matrix[i, k] <= overlap for k in kept):
            kept.append(i)
    return kept[:MOST]


def peaks(logits, floor):
    """logits [40, 40] -> rows and columns of the cells at or above floor that no neighbour exceeds."""
    padded = np.pad(logits, 1, constant_values=-np.inf)
    around = np.max([padded[y:y + logits.shape[0], x:x + logits.shape[1]] for y in range(3) for x in range(3)], 0)
    return np.nonzero((logits >= around) & (logits >= floor))


def voted(found, boxes, logits):
    """Each box [K, 4] found as the mean of the cells' boxes [C, 4] that nearly agree with it, weighted by the probabilities of their logits
    [C] (box voting: Gidaris and Komodakis, "Object detection via a multi-region and semantic segmentation-aware CNN model", 2015)."""
    weights = (iou(found, boxes) >= VOTING_OVERLAP) / (1 + np.exp(-logits))
    return weights @ boxes / weights.sum(1, keepdims=True)


def people(logits, boxes, floor):
    """logits [40, 40] and boxes [4, 40, 40] -> boxes [K, 4] and logits [K], best first."""
    rows, columns = peaks(logits, floor)
    found, scores = boxes[:, rows, columns].T, logits[rows, columns]
    kept = suppress(found, scores)
    return voted(found[kept], boxes.reshape(4, -1).T, logits.ravel()), scores[kept]
