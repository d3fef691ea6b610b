"""People from the memory map, cropped, augmented and batched. All points are pixel-edge: the mirror of x is width - x."""
import os

import cv2
import numpy as np

from .model import INPUT
from .skeleton import COUNT, MIRROR, UPPER_BODY

MARGIN = 1.1  # training's crops, before jitter, over the longer side of the box
PACK_SHARE = {'coco-train': 0.55, 'lspet-train': 0.20, 'studio-train': 0.04, 'teacher-train': 0.15, 'sports': 0.25}  # of those that are there
ARMS = (7, 8, 9, 10)  # elbows and wrists
HELD_OUT = 40  # every 40th person is kept from training: the confidence is calibrated on them


class Store:
    """What prepare.py wrote. images [I, 3]: offset, height, width; per person: image, pack, joints [P, 19, 2], status [P, 19]
    (0 says nothing, 1 labelled, 2 absent), box [P, 4], aspect guessed."""

    def __init__(self, folder):
        table = np.load(os.path.join(folder, 'people.npz'))
        self.pixels = np.memmap(os.path.join(folder, 'pixels.u8'), np.uint8, 'r')
        self.images, self.packs = table['images'], [str(p) for p in table['packs']]
        for key in ('image', 'pack', 'joints', 'status', 'box', 'guessed'):
            setattr(self, key, table[key])

    def read(self, person):
        """The image that a person is in: uint8 [H, W, 3]."""
        offset, height, width = self.images[self.image[person]]
        return self.pixels[offset:offset + height * width * 3].reshape(height, width, 3)

    def weights(self):
        """Each person's chance of being drawn: the pack's share, then by labels and size; zero for people held out or tiny."""
        side = np.maximum(self.box[:, 2], self.box[:, 3])
        labels = (self.status == 1).sum(1)
        weight = np.clip(side / 110, 0, 1) * np.clip(labels / 8, 0, 1)
        weight[(side < 40) | (labels < 4)] = 0
        weight[self.guessed] *= 0.8
        weight[::HELD_OUT] = 0
        for number, name in enumerate(self.packs):
            mine = self.pack == number
            weight[mine] *= PACK_SHARE[name] / weight[mine].sum()
        return weight / weight.sum()


def box_region(rng, store, person, margin=MARGIN):
    """Centre and side of the crop before shift and scale: the person's box with a margin."""
    x, y, w, h = store.box[person]
    return x + w / 2, y + h / 2, margin * max(w, h)


def region(rng, store, person, margin=MARGIN):
    """The same, or the upper body alone."""
    w, h = store.box[person][2:]
    joints, status = store.joints[person], store.status[person]
    if rng.random() < 0.16:
        known = [j for j in UPPER_BODY if status[j] == 1]
        if rng.random() < 0.4:
            known = [j for j in known if j not in ARMS]
        if len(known) >= 4:
            low, high = joints[known].min(0), joints[known].max(0)
            side = max(*(high - low)) * rng.uniform(1.3, 1.9)
            if side > 0.3 * max(w, h):
                return (*((low + high) / 2), side)
    return box_region(rng, store, person, margin)


def placement(rng, store, person, strength, rough, region):
    """2 x 3 matrix from pixels of the image to pixels of the crop, and whether it mirrors."""
    cx, cy, side = region(rng, store, person)
    side *= np.exp(rng.uniform(np.log(0.75), np.log(1.35)) * rough)
    cx, cy = (cx, cy) + rng.uniform(-0.12, 0.12, 2) * rough * side
    angle = 0.0
    draw = rng.random()
    if draw < 0.05 * strength:
        angle = rng.uniform(-180, 180)
    elif draw < 0.65:
        angle = np.clip(rng.normal(0, 18 * strength), -40, 40)
    stretch = np.exp(rng.normal(0, 0.12 if store.guessed[person] else 0.06) * strength)
    mirror = rng.random() < 0.5
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    scale = INPUT / side * np.array([stretch, 1 / stretch])
    matrix = np.array([[cos, -sin], [sin, cos]]) @ np.diag(scale)
    if mirror:
        matrix[0] = -matrix[0]
    return np.column_stack([matrix, INPUT / 2 - matrix @ (cx, cy)]), mirror


def warp(rng, image, matrix, size=INPUT):
    """A crop of size x size px, resampled as users' images are: linear or cubic, and shrunk with or without antialiasing."""
    scale = np.sqrt(abs(np.linalg.det(matrix[:, :2])))
    if scale < 0.75 and rng.random() < 0.7:
        shrink = max(scale * 1.1, 0.1)
        small = max(1, round(image.shape[1] * shrink)), max(1, round(image.shape[0] * shrink))
        ratio = np.array([image.shape[1] / small[0], image.shape[0] / small[1]])
        image = cv2.resize(image, small, interpolation=cv2.INTER_AREA)
        matrix = np.column_stack([matrix[:, :2] * ratio, matrix[:, 2]])
    centred = matrix.copy()  # OpenCV counts from pixel centres
    centred[:, 2] += matrix[:, :2] @ (0.5, 0.5) - 0.5
    how = cv2.INTER_LINEAR if rng.random() < 0.6 else cv2.INTER_CUBIC
    return cv2.warpAffine(image, centred, (size, size), flags=how, borderMode=cv2.BORDER_CONSTANT)


def recolour(rng, crop, strength):
    gain = np.exp(rng.normal(0, 0.18) * strength) * np.exp(rng.normal(0, 0.07, 3) * strength)
    matrix = np.diag(gain)
    saturation = np.exp(rng.normal(0, 0.35) * strength) if rng.random() > 0.06 else 0.0
    matrix = matrix @ (saturation * np.eye(3) + (1 - saturation) * np.array([[0.3, 0.59, 0.11]] * 3))
    offset = rng.normal(0, 14, 1) * strength + rng.normal(0, 4, 3) * strength
    inside = cv2.bitwise_not(cv2.inRange(crop, (0, 0, 0), (0, 0, 0)))  # outside the image stays black
    crop = cv2.transform(crop, np.column_stack([matrix, offset]))
    return cv2.bitwise_and(crop, crop, mask=inside)


def degrade(rng, crop, strength):
    draw = rng.random() / max(strength, 1e-6)
    if draw < 0.07:
        return cv2.GaussianBlur(crop, (0, 0), rng.uniform(0.5, 1.8))
    if draw < 0.16:
        size = int(len(crop) * rng.uniform(0.3, 0.8))
        small = cv2.resize(crop, (size, size), interpolation=cv2.INTER_AREA)
        return cv2.resize(small, (len(crop), len(crop)), interpolation=cv2.INTER_LINEAR)
    if draw < 0.22:
        noise = np.empty(crop.shape, np.int16)
        cv2.randn(noise, 0, rng.uniform(3, 14))
        return np.clip(crop + noise, 0, 255).astype(np.uint8)
    if draw < 0.28:
        coded = cv2.imencode('.jpg', crop, [cv2.IMWRITE_JPEG_QUALITY, int(rng.uniform(15, 60))])[1]
        return cv2.imdecode(coded, cv2.IMREAD_COLOR)
    return crop


def occlude(rng, crop, strength):
    side = len(crop)
    for _ in range(rng.integers(1, 4) if rng.random() < 0.35 * strength else 0):
        w, h = (rng.uniform(0.06, 0.32, 2) * side).astype(int)
        x, y = rng.integers(-w // 2, side - w // 2), rng.integers(-h // 2, side - h // 2)
        target = crop[max(y, 0):y + h, max(x, 0):x + w]
        if rng.random() < 0.5:
            target[:] = rng.integers(0, 256, 3)
        else:  # a piece of the image from elsewhere
            sy, sx = rng.integers(0, side - target.shape[0] + 1), rng.integers(0, side - target.shape[1] + 1)
            target[:] = crop[sy:sy + target.shape[0], sx:sx + target.shape[1]].copy()


def beyond(joints, image, mirror):
    """Which joints lie outside the image itself: annotators guessed them, and there is nothing to see. In the crop's order (mirrored)."""
    height, width = image.shape[:2]
    outside = (joints < 0).any(1) | (joints >= (width, height)).any(1)
    return outside[MIRROR] if mirror else outside


def sample(rng, store, person, strength=1.0, rough=None, region=region):
    """One crop: uint8 [192, 192, 3], joints [19, 2] in crop pixels, status [19]. strength 0..1 weakens the augmentation, rough (else
    as strong) how far the crop's centre and side stray; region says what part of the image is meant."""
    image = store.read(person)
    matrix, mirror = placement(rng, store, person, strength, strength if rough is None else rough, region)
    points = store.joints[person] @ matrix[:, :2].T + matrix[:, 2]
    status = store.status[person].copy()
    if mirror:
        points, status = points[MIRROR], status[MIRROR]
    away = (points < 0).any(1) | (points >= INPUT).any(1) | beyond(store.joints[person], image, mirror)
    status[(status == 1) & away] = 2
    crop = warp(rng, image, matrix)
    crop = degrade(rng, recolour(rng, crop, strength), strength)
    crop = np.ascontiguousarray(crop)
    occlude(rng, crop, strength)
    return crop, points.astype(np.float32), status


def fill(rng, store, people, crops, points, status, strength=1.0, rough=None):
    for k, person in enumerate(people):
        crops[k], points[k], status[k] = sample(rng, store, person, strength, rough)


def empty_batch(size):
    return (np.empty((size, INPUT, INPUT, 3), np.uint8), np.empty((size, COUNT, 2), np.float32),
            np.empty((size, COUNT), np.uint8))
