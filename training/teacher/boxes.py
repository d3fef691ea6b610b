"""Boxes of people by RTMDet-nano (OpenMMLab, Apache-2.0), from its ONNX file by way of OpenCV.
    ./fast -m teacher.boxes --boxes rtmdet-nano.onnx --cache work/detector
reads the squares that detector.prepare wrote, and writes teacher.json beside them for detector.label: per image its boxes x0, y0, x1, y1 in px of
the square, and their scores, best first."""
import argparse
import json
import os

import cv2
import numpy as np

from posecade.detector.decode import suppress

SIDE = 320
MEAN, DEVIATION = (123.675, 116.28, 103.53), (58.395, 57.12, 57.375)
MAPS = {'1211': 8, '1213': 16, '1215': 32}  # output: its stride
LEAST = 0.05
OVERLAP = 0.6  # boxes that overlap more (IoU) are one person


def letterbox(image, side=SIDE):
    """uint8 [side, side, 3], the image as large as it goes in the top left corner, and the scale."""
    height, width = image.shape[:2]
    scale = side / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    square = np.full((side, side, 3), 114, np.uint8)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    square[:size[1], :size[0]] = cv2.resize(image, size, interpolation=how)
    return square, scale


class RTMDet:
    def __init__(self, path):
        self._net = cv2.dnn.readNetFromONNX(path)

    def __call__(self, image):
        """uint8 [H, W, 3] RGB -> boxes [K, 4] (x0, y0, x1, y1, px of the image) and scores [K], best first."""
        square, scale = letterbox(image)
        x = ((square - np.array(MEAN)) / DEVIATION)[:, :, ::-1].transpose(2, 0, 1)[None].astype(np.float32)  # BGR, as OpenMMLab trains it
        self._net.setInput(np.ascontiguousarray(x))
        boxes, scores = [], []
        for maps, stride in zip(self._net.forward(list(MAPS)), MAPS.values()):
            cells = np.arange(SIDE // stride) * stride
            score, left, top, right, bottom = np.moveaxis(maps[0], -1, 0)
            here = 1 / (1 + np.exp(-score)) > LEAST
            x, y = np.broadcast_arrays(cells[None], cells[:, None])
            boxes.append(np.stack([x - left, y - top, x + right, y + bottom], -1)[here])
            scores.append(1 / (1 + np.exp(-score[here])))
        boxes, scores = np.concatenate(boxes), np.concatenate(scores)
        kept = suppress(boxes, scores, OVERLAP)
        return np.clip(boxes[kept] / scale, 0, np.tile(image.shape[1::-1], 2)), scores[kept]


def main(a):
    cv2.setNumThreads(1)
    find = RTMDet(a.boxes)
    squares = np.memmap(os.path.join(a.cache, 'squares.u8'), np.uint8, 'r').reshape(-1, SIDE, SIDE, 3)
    found = [np.column_stack(find(square)).round(3).tolist() for square in squares]
    with open(os.path.join(a.cache, 'teacher.json'), 'w') as file:
        json.dump(found, file)
    print(len(found), 'images,', sum(map(len, found)), 'boxes')


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--boxes', required=True, help='rtmdet-nano.onnx')
    parser.add_argument('--cache', default='work/detector')
    main(parser.parse_args())
