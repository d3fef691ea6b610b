"""Images with boxes from the memory map, cropped or put together, augmented and batched. Boxes are x0, y0, x1, y1, pixel-edge."""
import os

import cv2
import numpy as np

from ..data import degrade, occlude, recolour, warp
from ..packs import TWICE
from .model import CELLS, INPUT, STRIDE

HELD_OUT = 40  # every 40th image is kept from training: the score is calibrated on them
SHARE = {'coco-train': 0.24, 'brianhuster': 0.13, 'sports': 0.11, 'teacher-train': 0.05, 'studio-train': 0.02, 'lspet-train': 0.06,
         'flickr': 0.12, 'cats-dogs': 0.10, 'cows': 0.03, 'herd': 0.07, 'zoo': 0.05, 'vehicles': 0.02}
SQUASHED = ('brianhuster', 'flickr')  # sources whose images were squashed to a square, whatever their shape was
MOSAIC = 0.25  # share of samples that are four images
TURNED = 0.06  # share of images that lie on a side or stand on their head: so do people in them
SMALL = 14  # px of the longer side: who is smaller is ignored
SEEN, SEEN_TOP = 0.4, 0.22  # part of a person's box inside the crop that makes a person; the second where the top of the box is inside
TURNS = np.array([[[0, -1], [1, 0]], [[-1, 0], [0, -1]], [[0, 1], [-1, 0]]], float)  # quarter turns
MOST = 40  # people of a sample that are learned from


class Store:
    """What detector.prepare and detector.label wrote."""

    def __init__(self, folder):
        table, boxes = np.load(os.path.join(folder, 'images.npz')), np.load(os.path.join(folder, 'boxes.npz'))
        if not np.array_equal(table['name'], boxes['name']):
            raise ValueError(f'{folder}/boxes.npz is of other images than images.npz: run detector.label again')
        self.pixels = np.memmap(os.path.join(folder, 'pixels.u8'), np.uint8, 'r')
        self.shape, self.sources, self.names = table['shape'], table['source'], table['name']
        order = np.argsort(boxes['image'], kind='mergesort')
        self.box, self.person = boxes['box'][order], boxes['person'][order]
        self.first = np.searchsorted(boxes['image'][order], np.arange(len(self.shape) + 1))
        self.squashed = np.isin(self.sources, SQUASHED)

    def image(self, i):
        offset, height, width = self.shape[i]
        return self.pixels[offset:offset + height * width * 3].reshape(height, width, 3)

    def boxes(self, i):
        """Of image i, in px of the stored image: boxes [B, 4] and the probability that each is a person's [B]; 0: may be one."""
        part = slice(self.first[i], self.first[i + 1])
        return self.box[part], self.person[part]

    def weights(self):
        """Chance of each image to be drawn: its source's share; nought for the held out, and for those that are in a validation pack, too."""
        weight = np.zeros(len(self.shape))
        for source, share in SHARE.items():
            mine = self.sources == source
            weight[mine] = share / max(mine.sum(), 1)
        weight[::HELD_OUT] = 0
        weight[np.isin(self.names, [name for names in TWICE.values() for name in names])] = 0
        return weight / weight.sum()


def region(rng, store, i):
    """Centre and longer side of the part of the image that fills the canvas: the whole image as in use, or a part of it around somebody
    (a webcam sees heads and shoulders), or the image made small."""
    height, width = store.shape[i][1:]
    side, draw = max(height, width), rng.random()
    if draw < 0.45:
        return width / 2, height / 2, side * rng.uniform(0.95, 1.05)
    if draw < 0.65:
        side *= rng.uniform(1.05, 2.2)
        return width / 2 + rng.uniform(-0.5, 0.5) * (side - width), height / 2 + rng.uniform(-0.5, 0.5) * (side - height), side
    boxes = store.boxes(i)[0]
    if draw < 0.85 and len(boxes):
        x0, y0, x1, y1 = boxes[rng.integers(len(boxes))]
        if rng.random() < 0.5:  # from the waist or the chest up
            y1 = y0 + (y1 - y0) * rng.uniform(0.25, 0.6)
        own = max(x1 - x0, y1 - y0, 24)
        near = own * np.exp(rng.uniform(0, np.log(4)))
        return (x0 + x1) / 2 + rng.uniform(-0.35, 0.35) * near, (y0 + y1) / 2 + rng.uniform(-0.35, 0.35) * near, near
    side *= rng.uniform(0.3, 0.95)
    return rng.uniform(0.25, 0.75) * width, rng.uniform(0.25, 0.75) * height, side


def placed(rng, store, i, centre, side, size, strength):
    """The region of image i as uint8 [size, size, 3], its boxes there [B, 4] and the probability that each is a person's [B] (as the store's)."""
    stretch = rng.normal(0, 0.06) * strength
    if store.squashed[i]:
        stretch += rng.choice([-1, 0, 1]) * np.log(4 / 3) / 2
    stretch = np.exp(stretch)
    scale = size / side * np.array([stretch, 1 / stretch])
    mirror = rng.random() < 0.5
    matrix = np.diag(scale)
    if mirror:
        matrix[0] = -matrix[0]
    if rng.random() < TURNED * strength:
        matrix = TURNS[rng.integers(3)] @ matrix
    matrix = np.column_stack([matrix, size / 2 - matrix @ centre])
    canvas = warp(rng, store.image(i), matrix, size)
    boxes, person = store.boxes(i)
    points = boxes.reshape(-1, 2, 2) @ matrix[:, :2].T + matrix[:, 2]
    whole = np.concatenate([points.min(1), points.max(1)], 1)
    return canvas, whole, person


def clipped(whole, person, size):
    """Boxes clipped to the canvas, and the probability that they are people (0: ignored); boxes that are hardly in it are dropped."""
    box = np.clip(whole, 0, size)
    area = np.maximum((whole[:, 2:] - whole[:, :2]).prod(1), 1e-6)
    seen = (box[:, 2:] - box[:, :2]).prod(1) / area
    enough = seen >= np.where(whole[:, 1] >= 0, SEEN_TOP, SEEN)
    large = (box[:, 2:] - box[:, :2]).max(1, initial=0) >= SMALL
    here = seen > 0.02
    return box[here], (person * enough * large)[here]


def sample(rng, store, draw, strength=1.0):
    """One image: uint8 [320, 320, 3], boxes [B, 4], person [B]. draw(): the index of an image to take."""
    if rng.random() < MOSAIC:
        canvas, boxes, person = np.zeros((INPUT, INPUT, 3), np.uint8), [], []
        middle = (rng.uniform(0.35, 0.65, 2) * INPUT).astype(int)
        for y0, y1 in ((0, middle[1]), (middle[1], INPUT)):
            for x0, x1 in ((0, middle[0]), (middle[0], INPUT)):
                i, size = draw(), max(x1 - x0, y1 - y0)
                height, width = store.shape[i][1:]
                side = max(height, width) * rng.uniform(0.7, 1.1)
                tile, whole, kind = placed(rng, store, i, (width / 2, height / 2), side, size, strength)
                dx, dy = (x1 - x0 - size) // 2, (y1 - y0 - size) // 2
                canvas[y0:y1, x0:x1] = tile[-dy:-dy + y1 - y0, -dx:-dx + x1 - x0]
                inside = np.clip(whole + np.tile((dx, dy), 2), (0, 0, 0, 0), np.tile((x1 - x0, y1 - y0), 2))
                part = (inside[:, 2:] - inside[:, :2]).prod(1) / np.maximum((whole[:, 2:] - whole[:, :2]).prod(1), 1e-6)
                boxes.append((inside + np.tile((x0, y0), 2))[part > 0.02])
                person.append((kind * (part >= SEEN))[part > 0.02])
        boxes, person = np.concatenate(boxes), np.concatenate(person)
        boxes, person = clipped(boxes, person, INPUT)
    else:
        i = draw()
        x, y, side = region(rng, store, i)
        canvas, whole, person = placed(rng, store, i, (x, y), side, INPUT, strength)
        boxes, person = clipped(whole, person, INPUT)
    canvas = np.ascontiguousarray(degrade(rng, recolour(rng, canvas, strength), strength))
    occlude(rng, canvas, 0.5 * strength)
    return canvas, boxes, person


def targets(boxes, person, known, weight):
    """Fills one sample's targets: known [MOST, 5], the people's boxes and the probability that each is one, largest first, nan where there is none;
    weight [40, 40], 0 where a cell that stands for nobody is not to be learned from: in what may be somebody, and in people beyond MOST."""
    known[:], weight[:] = np.nan, 1
    people = np.column_stack([boxes, person])[person > 0]
    people = people[np.argsort(-(people[:, 2:4] - people[:, :2]).prod(1))]
    for x0, y0, x1, y1 in np.concatenate([boxes[person == 0], people[MOST:, :4]]):
        weight[max(int(y0 / STRIDE), 0):int(np.ceil(y1 / STRIDE)), max(int(x0 / STRIDE), 0):int(np.ceil(x1 / STRIDE))] = 0
    known[:min(len(people), MOST)] = people[:MOST]


def fill(rng, store, draw, batch, strength=1.0):
    """Fills a batch of empty_batch with samples."""
    pixels, *targeted = batch
    for k in range(len(pixels)):
        pixels[k], boxes, person = sample(rng, store, draw, strength)
        targets(boxes, person, *(t[k] for t in targeted))


def empty_batch(size):
    """pixels uint8 [size, 320, 320, 3]; known [size, MOST, 5] and weight [size, 40, 40], as targets fills them."""
    return (np.empty((size, INPUT, INPUT, 3), np.uint8), np.empty((size, MOST, 5), np.float32), np.empty((size, CELLS, CELLS), np.float32))
