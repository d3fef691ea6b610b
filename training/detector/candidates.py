"""The detector's boxes in the images that it trains on, larger than detector.prepare stored them, and what the labels say about them."""
import os
from dataclasses import dataclass

import cv2
import numpy as np

from evaluation.score import BOX_AREA, similarity
from posecade.detector.decode import covered, iou
from posecade.detector.head import quality
from posecade.detector.predict import detect
from posecade.packs import Pack, joints_of
from posecade.skeleton import COCO_COUNT

from .prepare import NOBODY, PACKS, SOURCES, fit as fit_image

FLOOR = -2.5  # lowest logit of the boxes that count: below it there are many, and hardly any is right
LONG = 1024  # px of an image's longer side: larger ones are reduced
MEETS = 0.5  # intersection over union of a right box and the person's
CERTAIN = 0.8  # least probability of a label that says who is there; what lies in others is left open
LABELS = 3  # labelled joints that say whether a pose is right


def meets(found, boxes):
    """Which of the boxes found [A, 4] meet one of the others [B, 4]."""
    return iou(found, boxes).max(1, initial=0) >= MEETS


@dataclass
class Candidates:
    """Of one image: itself, the boxes that count [B, 4] in its px, their logits [B], which of them are right [B], and the labelled people's
    joints [P, 17, 3], areas [P] and boxes [P, 4] (None: the source has boxes alone)."""
    image: np.ndarray
    boxes: np.ndarray
    logits: np.ndarray
    hits: np.ndarray
    labels: tuple
    is_empty: bool

    def where(self, chosen):
        """The same image with only the chosen boxes."""
        return Candidates(self.image, self.boxes[chosen], self.logits[chosen], self.hits[chosen], self.labels, self.is_empty)

    def quality_of(self, k, pose):
        """How right a pose [19, 3] in the k-th box is, 0..1; None: the labels do not say."""
        known = [label for label in zip(*(self.labels or ((), (), ()))) if (label[0][:, 2] > 0).sum() >= LABELS]
        # A right box whose own person has no labelled joints: a neighbour's say nothing.
        if self.hits[k] and not any(meets(self.boxes[k:k + 1], box[None])[0] for _, _, box in known):
            return None
        return quality(max((similarity(np.linalg.norm(pose[:COCO_COUNT, :2] - joints[:, :2], axis=1), joints[:, 2] > 0, area)
                            for joints, area, _ in known), default=0))


class Originals:
    """The images that detector.prepare stored small, at up to LONG px."""

    def __init__(self, data, photos, stack):
        self.photos = photos
        self.packs = {name: stack.enter_context(Pack(data, name)) for name in PACKS}
        self.ids = {name: {image['file_name']: key for key, image in pack.images.items()} for name, pack in self.packs.items()}

    def image(self, source, name):
        """uint8 [H, W, 3], and the labelled people as Candidates has them."""
        if source in SOURCES:
            path = os.path.join(self.photos, name)
            photo = cv2.imread(path, cv2.IMREAD_COLOR)
            if photo is None:
                raise FileNotFoundError(f'{path} cannot be read')
            return fit_image(cv2.cvtColor(photo, cv2.COLOR_BGR2RGB), LONG), None
        pack, key = self.packs[source], self.ids[source][name]
        pixels = np.asarray(pack.read(key))
        image, people = fit_image(pixels, LONG), pack.people_in(key)
        scale = image.shape[0] / pixels.shape[0]
        joints = [joints_of(person)[:COCO_COUNT] * [scale, scale, 1] for person in people]
        boxes = np.array([[x, y, x + w, y + h] for x, y, w, h in (person['bbox'] for person in people)]).reshape(-1, 4) * scale
        return image, (joints, BOX_AREA * (boxes[:, 2:] - boxes[:, :2]).prod(1), boxes)


def candidates(store, originals, network, index):
    """Candidates of each of the images. A box is right where it meets a person; one that lies in what the labels leave open does not
    count."""
    for i in index:
        source = store.sources[i]
        image, labels = originals.image(source, store.names[i])
        found, logits = detect(network, image, FLOOR)
        boxes, person = store.boxes(i)
        boxes = boxes * (image.shape[0] / store.shape[i, 1])
        hits = meets(found, boxes[person >= CERTAIN])
        counts = hits | (covered(found, boxes[person < CERTAIN]) < 0.5)
        is_empty = source in SOURCES and SOURCES[source][1] == NOBODY  # not by a caption, which may leave out a hand or a leg
        yield Candidates(image, found, logits, hits, labels, is_empty).where(counts)
