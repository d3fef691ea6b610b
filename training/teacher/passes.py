"""Four passes of MoveNet over a person and what they agree on ("T4"): on COCO's people more than one pass is right, and the spread of the four
says which joints to trust (posecade/teacher.py)."""
import cv2
import numpy as np
import torch

from posecade.skeleton import COCO_COUNT, MIRROR
from posecade.teacher import CROP, MARGIN

SCALES = (1.0, 0.82)  # of MARGIN times the box, each with its mirror image
NEAR = 8.0  # px of the crop: passes that are about so near to one another mean the same place


def crop(image, centre, side, size=CROP):
    """The square of that side, px of the image, around a point: uint8 [size, size, 3], black outside the image."""
    scale = size / side
    if scale < 0.75:  # OpenCV's warp does not average
        small = max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale))
        ratio = np.array(small) / image.shape[1::-1]
        image = cv2.resize(image, small, interpolation=cv2.INTER_AREA)
        centre, scale = centre * ratio, scale / ratio
    matrix = np.column_stack([np.diag(np.broadcast_to(scale, 2)), size / 2 - scale * centre])
    matrix[:, 2] += matrix[:, :2] @ (0.5, 0.5) - 0.5  # OpenCV counts from pixel centres
    return cv2.warpAffine(image, matrix, (size, size), flags=cv2.INTER_LINEAR)


def mode(passes):
    """passes [N, K, 17, 3] (x, y in px of one and the same crop, score) -> pose [N, 17, 3] and spread [N, 17], the passes' mean distance to it.

    For each joint: the pass with the most neighbours, then the mean of all passes, weighted by how near they are to it, so that a wrong
    pass does not pull it away."""
    places, scores = passes[..., :2], passes[..., 2]
    near = np.exp(-((places[:, :, None] - places[:, None]) ** 2).sum(-1) / (2 * NEAR ** 2))
    best = (near * scores[:, None]).sum(2).argmax(1)
    weight = np.take_along_axis(near, best[:, None, None, :], 1)[:, 0] * scores
    total = weight.sum(1)
    pose = np.concatenate([(places * weight[..., None]).sum(1) / total[..., None], (total / passes.shape[1])[..., None]], -1)
    return pose, np.linalg.norm(places - pose[:, None, :, :2], axis=-1).mean(1)


def four_passes(network, image, boxes):
    """boxes [N, 4] (x0, y0, x1, y1, px of the image) -> pose [N, 17, 3] in px of the image, and spread [N, 17] in px of a 256 px crop."""
    own = MIRROR[:COCO_COUNT]
    found = []
    for box in boxes:
        centre, side = (box[:2] + box[2:]) / 2, MARGIN * max(box[2:] - box[:2])
        crops = [crop(image, centre, side * scale) for scale in SCALES]
        seen = network(torch.from_numpy(np.stack(crops + [c[:, ::-1] for c in crops]))).numpy()
        seen[2:, :, 0] = 1 - seen[2:, :, 0]
        seen[2:] = seen[2:, own]
        seen[..., :2] = ((seen[..., :2] - 0.5) * np.tile(SCALES, 2)[:, None, None] + 0.5) * CROP
        found.append(seen)
    pose, spread = mode(np.stack(found))
    side = MARGIN * (boxes[:, 2:] - boxes[:, :2]).max(1)[:, None, None]
    pose[..., :2] = (pose[..., :2] / CROP - 0.5) * side + ((boxes[:, :2] + boxes[:, 2:]) / 2)[:, None]
    return pose, spread
