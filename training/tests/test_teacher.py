"""The teacher's labels of photographs that nobody labelled: passes, who is kept, the label file, and its way into training."""
import os
import tempfile
import unittest
from types import SimpleNamespace
from unittest import mock

import context  # noqa: F401
import cv2
import numpy as np
import torch
from made_up import make_pack

import prepare
from posecade import data
from posecade.skeleton import COCO_COUNT
from posecade.teacher import SPREAD, save_people
from teacher import boxes, label, passes

NOSE, LEFT_EYE = 0, 1


def pose_in(box, seed=0):
    """17 joints at random places that fill a box (x0, y0, x1, y1), all of them sure."""
    rng = np.random.default_rng(seed)
    places = rng.uniform(0.05, 0.95, (COCO_COUNT, 2)) * (box[2:] - box[:2]) + box[:2]
    return np.column_stack([places, np.full(COCO_COUNT, 0.9)])


class Dots:
    """Stands for MoveNet: sees what is red as the nose and the left eye, everything else in the corner."""

    def __call__(self, pixels):
        found = torch.zeros(len(pixels), COCO_COUNT, 3)
        red = (pixels[..., 0].float() - pixels[..., 1].float()).clamp(min=0)
        line = (torch.arange(pixels.shape[1]) + 0.5) / pixels.shape[1]
        place = torch.stack([(red.sum(1) * line).sum(1), (red.sum(2) * line).sum(1)], 1) / red.sum((1, 2))[:, None]
        found[:, [NOSE, LEFT_EYE], :2] = place[:, None]
        found[:, :, 2] = 0.8
        return found


class Passes(unittest.TestCase):
    def test_a_wrong_pass_does_not_drag_the_mode_and_shows_in_the_spread(self):
        found = np.full((1, 4, COCO_COUNT, 3), 0.9)
        found[..., :2] = 100
        found[0, 3, NOSE, :2] = 200
        pose, spread = passes.mode(found)
        self.assertTrue(np.allclose(pose[0, :, :2], 100, atol=0.1))
        self.assertGreater(spread[0, NOSE], SPREAD)
        self.assertLess(spread[0, LEFT_EYE], 0.1)

    def test_joints_come_back_in_px_of_the_image_and_on_their_own_side_in_the_mirror(self):
        image = np.full((300, 400, 3), 40, np.uint8)
        cv2.rectangle(image, (199, 119), (201, 121), (255, 40, 40), -1)
        for box in ((150, 80, 270, 200), (20, 20, 390, 290), (180, 100, 230, 150)):
            pose, spread = passes.four_passes(Dots(), image, np.array([box], float))
            self.assertLess(np.abs(pose[0, NOSE, :2] - 200.5 + (0, 80)).max(), 2.5, box)
            self.assertLess(spread[0, NOSE], SPREAD)
            self.assertGreater(spread[0, LEFT_EYE], SPREAD)  # the mirror image shows it as the right one


class Boxes(unittest.TestCase):
    def test_maps_become_boxes_in_px_of_the_image_one_a_person(self):
        maps = [np.full((1, side, side, 5), -9.0, np.float32) for side in (40, 20, 10)]
        maps[1][0, 4, 8] = 3, 20, 30, 40, 50  # logit; distances from (8, 4) cells of 16 px
        maps[0][0, 8, 16] = 2, 20, 30, 40, 52  # the same person once more
        find = boxes.RTMDet.__new__(boxes.RTMDet)
        find._net = SimpleNamespace(setInput=lambda x: self.assertEqual(x.shape, (1, 3, 320, 320)), forward=lambda names: maps)
        found, scores = find(np.zeros((320, 640, 3), np.uint8))
        self.assertEqual(found.tolist(), [[216, 68, 336, 228]])
        self.assertAlmostEqual(scores[0], 1 / (1 + np.exp(-3)), places=5)

    def test_the_network_reads_blue_first(self):
        seen = []
        find = boxes.RTMDet.__new__(boxes.RTMDet)
        find._net = SimpleNamespace(setInput=seen.append, forward=lambda names: [np.full((1, side, side, 5), -9.0, np.float32) for side in (40, 20, 10)])
        find(np.full((320, 320, 3), (255, 0, 0), np.uint8))  # red
        blue, green, red = seen[0][0, :, 0, 0]
        self.assertLess(blue, 0)
        self.assertLess(green, 0)
        self.assertGreater(red, 0)


class Kept(unittest.TestCase):
    BOXES = np.array([[0, 0, 100, 200], [40, 0, 140, 200]], float)

    def setUp(self):
        self.pose = np.stack([pose_in(box, seed) for seed, box in enumerate(self.BOXES)])
        self.spread = np.ones((2, COCO_COUNT))

    def kept(self):
        return label.belongs(self.pose, self.spread, self.BOXES)

    def test_people_of_many_trusted_joints_in_their_boxes(self):
        self.assertEqual(self.kept(), [0, 1])
        self.spread[0, label.ENOUGH - 1:] = 9
        self.assertEqual(self.kept(), [1])

    def test_nobody_whose_joints_are_a_neighbours_or_all_in_one_place(self):
        self.pose[1] = self.pose[0] + (2, 0, 0)
        self.assertEqual(self.kept(), [0])
        self.pose[1] = pose_in(self.BOXES[1] + 300)
        self.assertEqual(self.kept(), [0])
        self.pose[1] = pose_in(np.array([60, 50, 90, 90.0]))
        self.assertEqual(self.kept(), [0])


class Label(unittest.TestCase):
    def test_a_trial_with_few_images_does_not_shorten_the_labels_of_all(self):
        with tempfile.TemporaryDirectory() as folder:
            a = label.parse(['--data', folder, '--photos', folder, '--source', 'sports', '--boxes', '', '--joints', '', '--work', folder,
                             '--out', os.path.join(folder, 'out.npz')])
            gathered = []
            def finish(rank, a, pieces, held):
                for target, paths in pieces:
                    np.savez(target, name=np.array(paths))
            def worker(target, args):
                return SimpleNamespace(start=lambda: target(*args), join=lambda: None, exitcode=0)
            with mock.patch.multiple(label, photographs=lambda *_: [f'{k}.jpg' for k in range(60)], of_pack=lambda *_: [0],
                                     decode=lambda _: [np.zeros(8, np.uint8)] * 5, work=finish,
                                     gather=lambda a, targets: gathered.append(sum(len(np.load(t)['name']) for t in targets))), \
                    mock.patch.object(label.multiprocessing, 'Process', worker):
                for a.images in (20, None, 55):
                    label.main(a)
            self.assertEqual(gathered, [20, 60, 55])


class Photographs(unittest.TestCase):
    def test_a_label_file_and_its_photograph_become_people_to_train_on(self):
        with tempfile.TemporaryDirectory() as folder:
            for pack in prepare.PACKS:
                make_pack(folder, pack)
            os.makedirs(os.path.join(folder, 'sports'))
            cv2.imwrite(os.path.join(folder, 'sports', 'a.png'), np.full((600, 1024, 3), (10, 20, 200), np.uint8))
            pose = pose_in(np.array([100, 50, 300, 550.0]))
            spread = np.ones(COCO_COUNT)
            spread[LEFT_EYE] = 9
            save_people(os.path.join(folder, 'sports-t4.npz'), ['sports/a.png'], np.array([[100, 50, 200, 500.0]]), pose[None], spread[None])
            np.savez(os.path.join(folder, 'lspet-t4.npz'), id=[-1], pose=np.zeros((1, 17, 3)), spread=np.zeros((1, 17)))
            out = os.path.join(folder, 'cache')
            prepare.main(folder, out, photos=folder, labels=folder)
            store = data.Store(out)
            self.assertEqual(store.packs[-1], 'sports')
            image = store.read(-1)
            self.assertEqual(image.shape, (300, 512, 3))
            self.assertEqual(image[0, 0].tolist(), [200, 20, 10])
            self.assertTrue(np.allclose(store.joints[-1, :COCO_COUNT], pose[:, :2] / 2, atol=0.3))
            self.assertEqual(np.flatnonzero(store.status[-1] == 0).tolist(), [LEFT_EYE, 17, 18])
            self.assertEqual(store.box[-1].tolist(), [50, 25, 100, 250])
            prepare.main(folder, out, labels=folder)
            self.assertEqual(data.Store(out).packs, list(prepare.PACKS))

    def test_a_missing_photograph_is_named(self):
        with tempfile.TemporaryDirectory() as folder:
            for pack in prepare.PACKS:
                make_pack(folder, pack)
            save_people(os.path.join(folder, 'sports-t4.npz'), ['sports/gone.jpg'], np.ones((1, 4)), np.zeros((1, 17, 3)), np.zeros((1, 17)))
            np.savez(os.path.join(folder, 'lspet-t4.npz'), id=[-1], pose=np.zeros((1, 17, 3)), spread=np.zeros((1, 17)))
            with self.assertRaisesRegex(FileNotFoundError, 'gone.jpg'):
                prepare.main(folder, os.path.join(folder, 'cache'), photos=folder, labels=folder)


if __name__ == '__main__':
    unittest.main()
