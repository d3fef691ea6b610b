"""Data packs of made-up images: grey, with a bright dot at each joint."""
import io
import json
import os
import tarfile

import context  # noqa: F401
import cv2
import numpy as np
from PIL import Image

from posecade.skeleton import COUNT

WIDTH, HEIGHT = 160, 180
UNLABELLED = 16


def joints():
    return np.stack([np.linspace(40, 120, COUNT), np.linspace(30, 150, COUNT)], 1)


def coded_image():
    image = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
    for x, y in joints():
        cv2.circle(image, (int(x), int(y)), 2, (255, 255, 255), -1)
    coded = io.BytesIO()
    Image.fromarray(image).save(coded, 'PNG')
    return coded.getvalue()


def make_pack(folder, name, images=1, people=1):
    """FOLDER/NAME.tar and .json: so many images, with so many people each in one and the same place. Boxes differ from image to image."""
    raw = coded_image()
    visible = np.full((COUNT, 1), 2.0)
    visible[UNLABELLED] = 0
    keypoints = np.hstack([joints(), visible]).ravel().tolist()
    notes = dict(images=[], annotations=[])
    with tarfile.open(os.path.join(folder, name + '.tar'), 'w') as tar:
        for image in range(1, images + 1):
            entry = tarfile.TarInfo(f'{image}.png')
            entry.size = len(raw)
            tar.addfile(entry, io.BytesIO(raw))
            notes['images'].append(dict(id=image, file_name=entry.name, width=WIDTH, height=HEIGHT))
            for _ in range(people):
                notes['annotations'].append(dict(id=len(notes['annotations']) + 1, image_id=image, bbox=[30, 20, 100 + image / 10, 140], keypoints=keypoints))
    with open(os.path.join(folder, name + '.json'), 'w') as file:
        json.dump(notes, file)


def make_labels(path):
    """A teacher's label file, of nobody in the packs."""
    np.savez(path, id=np.array([-1]), pose=np.zeros((1, 17, 3)), spread=np.zeros((1, 17)))
