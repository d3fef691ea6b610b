"""The packs' way into training: decoding, the teacher's labels, augmentation."""
import os
import tempfile
import unittest

import context  # noqa: F401
import numpy as np
from made_up import make_labels, make_pack

import prepare
from posecade import data, model, skeleton, teacher


class Data(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        for pack in prepare.PACKS:
            make_pack(cls.folder.name, pack)
        for name in prepare.TAUGHT.values():
            make_labels(os.path.join(cls.folder.name, name))
        prepare.main(cls.folder.name, os.path.join(cls.folder.name, 'cache'), cls.folder.name)
        cls.store = data.Store(os.path.join(cls.folder.name, 'cache'))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_a_missing_label_is_absent_in_coco_and_says_nothing_elsewhere(self):
        self.assertEqual([int(s[16]) for s in self.store.status], [2, 0, 0, 0])

    def test_joints_follow_the_image_through_every_augmentation(self):
        rng = np.random.default_rng(0)
        for _ in range(60):
            matrix, _ = data.placement(rng, self.store, 1, 1.0, 1.0, data.region)
            crop = data.warp(rng, self.store.read(1), matrix)
            for x, y in self.store.joints[1] @ matrix[:, :2].T + matrix[:, 2]:
                if 4 < x < model.INPUT - 4 and 4 < y < model.INPUT - 4:
                    self.assertGreater(crop[int(y), int(x)].max(), 150)

    def test_mirroring_swaps_left_and_right(self):
        names = [skeleton.JOINTS[j] for j in skeleton.MIRROR]
        self.assertEqual(names[5], 'right_shoulder')
        self.assertEqual(names[0], 'nose')
        self.assertTrue((skeleton.MIRROR[skeleton.MIRROR] == np.arange(19)).all())

    def test_a_joint_outside_the_crop_is_absent(self):
        rng, seen = np.random.default_rng(2), 0
        for _ in range(200):
            _, points, status = data.sample(rng, self.store, 1)
            away = ((points < 0) | (points >= model.INPUT)).any(1)
            self.assertFalse((status[away] == 1).any())
            seen += int((away & (status == 2)).sum())
        self.assertGreater(seen, 0)

    def test_a_joint_beyond_the_image_is_absent(self):
        joints = np.array([[-1, 5], [159, 179], [160, 5], [3, 180.0]] + [[9, 9]] * 15)
        image = self.store.read(0)
        self.assertEqual(data.beyond(joints, image, False)[:4].tolist(), [True, False, True, True])
        self.assertEqual(data.beyond(joints, image, True).tolist(), data.beyond(joints, image, False)[skeleton.MIRROR].tolist())


class Teacher(unittest.TestCase):
    BOX = (0, 0, 204.8, 100)  # so that a pixel of the teacher's crop is a pixel of the image

    def setUp(self):
        rng = np.random.default_rng(0)
        self.joints = rng.uniform(0, 200, (19, 2)).astype(np.float32)
        self.status = np.ones(19, np.uint8)
        self.status[:5] = 0
        self.pose = np.column_stack([self.joints[:17], np.full(17, 0.9)])
        self.spread = np.ones(17)

    def merged(self):
        return teacher.merge(self.joints, self.status, self.BOX, self.pose, self.spread)

    def test_a_trusted_face_joint_is_taken_over_and_a_doubtful_one_is_not(self):
        self.spread[1], self.pose[2, 2] = 5, 0.2
        joints, status = self.merged()
        self.assertEqual(status[:5].tolist(), [1, 0, 0, 1, 1])
        self.assertTrue(np.allclose(joints[3], self.pose[3, :2]))

    def test_a_limb_is_averaged_where_teacher_and_label_agree_and_kept_elsewhere(self):
        self.pose[9, 0] += 6
        self.pose[10, 0] += 40
        joints, status = self.merged()
        self.assertTrue(np.allclose(joints[9], self.joints[9] + (3, 0)))
        self.assertTrue(np.allclose(joints[10], self.joints[10]))
        self.assertTrue((status[5:] == 1).all())

    def test_no_face_where_the_sides_are_exchanged_or_cannot_be_compared(self):
        self.pose[:] = self.pose[skeleton.MIRROR[:17]]
        self.assertEqual(self.merged()[1][:5].tolist(), [0] * 5)
        self.setUp()
        self.spread[5:] = 9
        self.assertEqual(self.merged()[1][:5].tolist(), [0] * 5)
