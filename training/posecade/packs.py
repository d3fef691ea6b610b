"""A data pack: NAME.tar with images and NAME.json with their people in COCO's keypoint format, 19 joints each."""
import io
import json
import os
import tarfile

import numpy as np
from PIL import Image

from .skeleton import COUNT

TWICE = {'lspet-train': ('lspet/00719.webp',)}  # also in lspet-val, under another name (LOG.md): not trained on


class Pack:
    """images: COCO's image entries by id; people: COCO's annotations, in the file's order. Open until the end of a with block."""

    def __init__(self, data, name):
        with open(os.path.join(data, name + '.json')) as file:
            notes = json.load(file)
        self.images = {image['id']: image for image in notes['images']}
        self.people = notes['annotations']
        self._in = {}
        for person in self.people:
            self._in.setdefault(person['image_id'], []).append(person)
        self._tar = tarfile.open(os.path.join(data, name + '.tar'))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._tar.close()

    def people_in(self, image):
        """The annotations of an image id, in the file's order; none where the image has nobody."""
        return self._in.get(image, [])

    def read(self, image):
        """The PIL image, RGB, of an image id. Raises KeyError where the pack lacks it."""
        raw = self._tar.extractfile(self.images[image]['file_name']).read()
        return Image.open(io.BytesIO(raw)).convert('RGB')


def joints_of(person):
    """[19, 3] of an annotation: x, y in pixels of the image, and visibility (0 unlabelled, 1 labelled but hidden, 2 visible)."""
    return np.array(person['keypoints']).reshape(COUNT, 3)
