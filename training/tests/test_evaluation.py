"""The validation sets and the figures on them."""
import json
import os
import tempfile
import unittest

import context  # noqa: F401
import numpy as np
from made_up import joints, make_pack

from evaluation import crops, everyone, groups, images, same_people
from evaluation.score import score
from evaluation.truth import load_truth


def truth_of(dataset, keypoints):
    return dict(dataset=dataset, crop=[[10, 20, 2]] * len(dataset), bbox=[[0, 0, 100, 200]] * len(dataset), keypoints=keypoints)


class Score(unittest.TestCase):
    def setUp(self):
        rng = np.random.default_rng(0)
        places = rng.uniform(0, 200, (2, 19, 2))
        places[:, 5], places[:, 12] = (0, 0), (60, 80)  # a torso of 100 px
        self.places, self.truth = places, truth_of([0, 1], np.concatenate([places, np.full((2, 19, 1), 2)], 2).tolist())

    def predicted(self, error, confidence=1.0):
        crop = (self.places + error - (10, 20)) / 2
        return np.concatenate([crop, np.full((2, 19, 1), confidence)], 2).tolist()

    def test_the_truth_scores_one_and_is_well_calibrated(self):
        figures = score(self.truth, self.predicted(0))
        self.assertEqual({key: round(value, 6) for key, value in figures.items() if 'ECE' not in key},
                         {key: 1.0 for key in figures if 'ECE' not in key})
        self.assertAlmostEqual(figures['coco ECE'], 0)

    def test_an_error_counts_by_the_torso_and_a_score_by_the_share_of_hits(self):
        figures = score(self.truth, self.predicted((15, 0), 0.3))
        self.assertEqual([figures[f'coco PCK@{t}'] for t in (0.05, 0.1, 0.2)], [0, 0, 1])
        self.assertAlmostEqual(figures['lspet ECE'], 0.3)

    def test_unlabelled_joints_count_nowhere(self):
        prediction = np.array(self.predicted(0))
        prediction[0, 9] += 500
        self.assertLess(score(self.truth, prediction.tolist())['coco PCK@0.2'], 1)
        self.truth['keypoints'][0][9][2] = 0
        self.assertEqual(score(self.truth, prediction.tolist())['coco PCK@0.2'], 1)

    def test_an_index_says_who_is_covered(self):
        wrong = np.array(self.predicted(500))
        figures = score(self.truth, dict(index=[1], people=[self.predicted(0)[1]]))
        self.assertEqual(figures['lspet PCK@0.1'], 1)
        self.assertNotIn('coco AR', figures)
        self.assertEqual(score(self.truth, dict(index=[1], people=[wrong[1].tolist()]))['lspet PCK@0.1'], 0)


class Groups(unittest.TestCase):
    def test_people_are_told_apart_by_their_torsos(self):
        def person(angle, width):
            """Turned by an angle, shoulders so wide; the person's left is on the image's right in front view."""
            turn = np.radians(angle)
            rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
            joints = np.full((19, 3), 2.0)
            for joint, place in ((5, (width, -100)), (6, (-width, -100)), (11, (width, 0)), (12, (-width, 0))):
                joints[joint, :2] = rotation @ place
            return joints.tolist()
        truth = dict(bbox=[[0, 0, 50, 200]] * 5, cut=[True] + [False] * 4, overlap=[0, 0.5, 0, 0, 0],
                     keypoints=[person(0, 30), person(10, -30), person(-20, 5), person(90, 30), person(170, 30)])
        told = groups.groups(truth, np.array([100, 100, 100, 10, 100]))
        wanted = {'upright, from the front': 0, 'upright, from behind': 1, 'upright, from the side': 2, 'lying or leaning far': 3,
                  'upside down': 4, 'cut off by the edge of the image': 0, 'dark': 3}
        for name, person in wanted.items():
            self.assertEqual(np.flatnonzero(told[name]).tolist(), [person], name)
        self.assertEqual(sum(told['medium']), 5)

    def test_a_person_without_a_labelled_torso_is_in_no_pose(self):
        keypoints = np.zeros((1, 19, 3)).tolist()
        told = groups.groups(dict(bbox=[[0, 0, 50, 300]], cut=[False], overlap=[0], keypoints=keypoints), np.array([100]))
        self.assertEqual([name for name, members in told.items() if members[0]], ['everybody', 'large (box of 256 px and more)'])


class Sets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.data = cls.folder.name
        make_pack(cls.data, 'coco-val', images=2)
        make_pack(cls.data, 'lspet-val')
        make_pack(cls.data, 'nobody-val', people=0)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def at(self, name):
        return os.path.join(self.data, name)

    def test_the_dots_are_where_truth_says(self):
        for jitter in (False, True):
            crops.main(self.data, self.at('box'), jitter)
            truth = load_truth(self.at('box'))
            self.assertEqual((truth['n'], truth['dataset'], truth['margin']), (3, [0, 0, 1], 1.25))
            self.assertEqual((truth['cut'], truth['overlap']), ([False] * 3, [0] * 3))
            pixels = np.fromfile(self.at('box/crops.u8'), np.uint8).reshape(3, 256, 256, 3)
            for crop, (x0, y0, k) in zip(pixels, truth['crop']):
                for x, y in (joints() - (x0, y0)) / k:
                    if 4 < min(x, y) and max(x, y) < 252:
                        self.assertGreater(crop[int(y) - 2:int(y) + 4, int(x) - 2:int(x) + 4].max(), 200)

    def test_a_rough_box_strays_and_a_box_does_not(self):
        crops.main(self.data, self.at('box'))
        crops.main(self.data, self.at('rough'), jitter=True)
        sides = [[crop[2] for crop in load_truth(self.at(name))['crop']] for name in ('box', 'rough')]
        self.assertEqual(len(set(sides[0])), 1)
        self.assertEqual(len(set(sides[1])), 3)

    def test_people_alone_in_an_image_are_known_again_in_their_boxes(self):
        crops.main(self.data, self.at('box'))
        images.main(self.data, self.at('images'))
        self.assertEqual(load_truth(self.at('images'))['n'], 3)
        with open(self.at('pred.json'), 'w') as file:
            json.dump(['a', 'b', 'c'], file)
        same_people.main(self.at('box'), self.at('images'), self.at('pred.json'), self.at('same.json'))
        with open(self.at('same.json')) as file:
            self.assertEqual(json.load(file), dict(index=[0, 1, 2], people=['a', 'b', 'c']))

    def test_everyone_found_doubled_invented_and_ghosts(self):
        everyone.lay(self.data, self.at('everyone'))
        truth = load_truth(self.at('everyone'))
        self.assertEqual([len(people) for people in truth['people']], [1, 1, 0])
        right, wrong = (dict(pose=[[x + shift, y, 1] for x, y in joints()], score=1 - shift / 1e4) for shift in (0, 900))
        perfect = everyone.score(truth, [[right], [right], []])
        self.assertEqual([perfect[key] for key in ('AP', 'AR', 'found of 2', 'ghosts of 1')], [1, 1, 1, 0])
        crowded = everyone.score(truth, [[right, right, wrong], [], [wrong]])
        self.assertEqual([crowded[f'{key} an image'] for key in ('doubled', 'invented')], [0.5, 0.5])
        self.assertEqual([crowded['found of 2'], crowded['ghosts of 1'], crowded['AR']], [0.5, 1, 0.5])
        self.assertEqual(everyone.score(truth, dict(index=[1], pictures=[[right]]))['found of 1'], 1)


if __name__ == '__main__':
    unittest.main()
