"""The detector's training, on made-up images.   python3 -m unittest discover -s tests"""
import contextlib
import io
import os
import sys
import tempfile
import unittest
from unittest import mock

import numpy as np
import torch

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from detector import calibrate, candidates, evaluate, label, prepare, train  # noqa: E402
from detector import head as train_head  # noqa: E402
from posecade import flip, metrics  # noqa: E402
from posecade.detector import confidence, data, decode, head, loss, model, person, predict  # noqa: E402
from posecade.fold import fold_norms  # noqa: E402

torch.set_num_threads(1)


def targets_of(boxes, person):
    _, known, weight = data.empty_batch(1)
    data.targets(np.array(boxes, np.float32).reshape(-1, 4), np.array(person), known[0], weight[0])
    return known[0], weight[0]


def maps_for(box, score=8.0):
    """Logits [1, 1, 40, 40] and sides [1, 4, 40, 40] of a network that is sure of one box, everywhere within it."""
    line = (torch.arange(model.CELLS) + 0.5) * model.STRIDE
    x, y = line[None].expand(40, 40), line[:, None].expand(40, 40)
    sides = torch.stack([x - box[0], y - box[1], box[2] - x, box[3] - y])
    near = (x - (box[0] + box[2]) / 2).abs().add((y - (box[1] + box[3]) / 2).abs())
    logits = torch.where(near == near.min(), score, -score)
    return logits[None, None], sides.clamp(min=1).div(model.STRIDE).log()[None]


class OneImage(data.Store):
    """A grey image of 200 x 100 px with a white person, box 50, 20 to 90, 80, and nothing on disk."""

    def __init__(self, person=1):
        self.shape, self.sources = np.array([[0, 100, 200]]), np.array(['coco-train'])
        self.box, self.person = np.array([[50, 20, 90, 80]], np.float32), np.array([person])
        self.first, self.squashed = np.array([0, 1]), np.array([False])
        pixels = np.full((100, 200, 3), 60, np.uint8)
        pixels[20:80, 50:90] = 250
        self.pixels = pixels.reshape(-1)


class Targets(unittest.TestCase):
    def test_people_come_largest_first_and_boxes_that_are_left_open_say_nothing(self):
        known, weight = targets_of([[0, 0, 128, 128], [40, 40, 80, 80], [20, 20, 100, 200]], [0, 0.25, 1])
        np.testing.assert_allclose(known[:2], [[20, 20, 100, 200, 1], [40, 40, 80, 80, 0.25]])
        self.assertTrue(np.isnan(known[2:]).all())
        self.assertEqual([weight[2, 2], weight[20, 20]], [0, 1])

    def test_of_more_people_than_fit_the_smallest_say_nothing_instead_of_being_background(self):
        crowd = [[8 * i, 0, 8 * i + 8, 16] for i in range(data.MOST - 1)]
        known, weight = targets_of([*crowd, [0, 160, 100, 300], [200, 200, 208, 208]], [1] * (data.MOST + 1))
        self.assertFalse(np.isnan(known).any())
        self.assertEqual([weight[25, 25], weight[1, 1], weight[30, 5]], [0, 1, 1])


class Stored(unittest.TestCase):
    def test_boxes_of_other_images_are_refused_and_twins_of_validation_are_not_drawn(self):
        with tempfile.TemporaryDirectory() as folder:
            names = np.array(['coco/1.jpg', 'lspet/1.webp', 'lspet/00719.webp'])
            np.savez(os.path.join(folder, 'images.npz'), name=names, source=np.array(['coco-train', 'lspet-train', 'lspet-train']),
                     shape=np.array([[0, 1, 1]] * 3))
            np.zeros(3, np.uint8).tofile(os.path.join(folder, 'pixels.u8'))
            boxes = dict(image=np.zeros(0, int), box=np.zeros((0, 4)), person=np.zeros(0))
            np.savez(os.path.join(folder, 'boxes.npz'), name=names, **boxes)
            np.testing.assert_array_equal(data.Store(folder).weights() > 0, [False, True, False])  # the first is held out
            np.savez(os.path.join(folder, 'boxes.npz'), name=names[::-1], **boxes)
            with self.assertRaisesRegex(ValueError, 'detector.label'):
                data.Store(folder)


class Assignment(unittest.TestCase):
    def whose(self, people):
        """Of boxes that are right in every cell for the nearest person: whose each cell is, its share and its score [40, 40]."""
        known = torch.tensor(people, dtype=torch.float32)[None]
        places = loss.middles(40)
        centres = (known[0, :, :2] + known[0, :, 2:]) / 2
        found = known[0][torch.cdist(places, centres).argmin(1)][None].nan_to_num()
        return [part.reshape(40, 40) for part in loss.assign(torch.full((1, 1600), 0.5), found, known)]

    def test_the_cells_near_the_middle_are_a_persons_and_the_best_should_be_one(self):
        whose, share, wanted = self.whose([[40, 40, 120, 200]])
        self.assertEqual(int((whose == 0).sum()), loss.CELLS_EACH)
        self.assertTrue(((whose >= 0) == (share > 0)).all())
        rows, columns = torch.nonzero(whose == 0, as_tuple=True)
        self.assertTrue(((rows * 8 + 4 - 120).abs() <= 40).all() and ((columns * 8 + 4 - 80).abs() <= 20).all())
        self.assertAlmostEqual(float(wanted.max()), 1, places=3)

    def test_two_people_in_one_place_have_cells_each(self):
        whose, _, _ = self.whose([[40, 40, 120, 200], [100, 40, 160, 200]])
        self.assertEqual(sorted(set(whose.flatten().tolist())), [-1, 0, 1])

    def test_a_person_smaller_than_a_cell_has_one(self):
        whose, _, _ = self.whose([[101, 102, 106, 109]])
        self.assertEqual(int((whose == 0).sum()), 1)

    def test_nobody_has_none(self):
        whose, share, wanted = self.whose([[float('nan')] * 4])
        self.assertTrue((whose == -1).all() and (share == 0).all() and (wanted == 0).all())

    def test_a_box_that_is_half_right_should_say_so(self):
        known = torch.tensor([[[40.0, 40, 120, 200]]])
        half = torch.tensor([40.0, 40, 120, 120]).expand(1, 1600, 4)
        _, share, wanted = loss.assign(torch.full((1, 1600), 0.5), half, known)
        self.assertAlmostEqual(float(wanted.max()), 0.5, places=3)
        self.assertAlmostEqual(float(share.max()), 1, places=3)


class Samples(unittest.TestCase):
    def test_boxes_lie_where_the_person_is(self):
        store, rng = OneImage(), np.random.default_rng(0)
        checked = 0
        for _ in range(60):
            pixels, boxes, person = data.sample(rng, store, lambda: 0, strength=0.0)
            for x0, y0, x1, y1 in boxes[person == 1].astype(int):
                if min(x1 - x0, y1 - y0) > 12:
                    inside = pixels[y0 + 3:y1 - 3, x0 + 3:x1 - 3]
                    self.assertGreater(inside.mean(), 240)
                    checked += 1
        self.assertGreater(checked, 40)

    def test_somebody_cut_off_is_a_person_while_enough_of_them_is_seen(self):
        whole = np.array([[10, 10, 50, 210], [10, 200, 50, 600], [10, -300, 50, 30]], np.float32)
        boxes, person = data.clipped(whole, np.array([1, 1, 1]), 256)
        self.assertEqual(list(person), [1, 0, 0])
        np.testing.assert_allclose(boxes[2], [10, 0, 50, 30])


class Loss(unittest.TestCase):
    def cost(self, maps, box, person=1.0):
        known, weight = (torch.from_numpy(part)[None] for part in targets_of([box], [person]))
        return {name: float(part) for name, part in loss.losses(lambda _: maps, torch.empty(1), known, weight)[1].items()}

    def test_the_truth_costs_least(self):
        box = [40, 30, 120, 200]
        right, wrong = self.cost(maps_for(box), box), self.cost(maps_for([60, 30, 140, 200]), box)
        self.assertLess(right['giou'], 1e-4)
        self.assertLess(right['log'], 1e-4)
        for part in right:
            self.assertLess(right[part], wrong[part])

    def test_somebody_doubtful_should_have_the_score_of_the_doubt(self):
        box = [40, 30, 120, 200]
        logits, sides = maps_for(box)
        sure = {score: torch.where(logits > 0, np.log(score / (1 - score)), -8.0) for score in (0.1, 0.3, 0.9)}
        at = {score: self.cost((maps, sides), box, person=0.3)['score'] for score, maps in sure.items()}
        self.assertLess(at[0.3], min(at[0.1], at[0.9]))

    def test_overlaps(self):
        box = torch.tensor([10.0, 10, 50, 90])
        self.assertAlmostEqual(float(loss.overlaps(box, box)[1]), 1, places=5)
        both, hull = loss.overlaps(box, box + 400)
        self.assertEqual(float(both), 0)
        self.assertLess(float(hull), 0)

    def test_a_few_steps_lower_it(self):
        torch.manual_seed(0)
        network = model.Detector()
        pixels, *maps = data.empty_batch(2)
        rng = np.random.default_rng(1)
        data.fill(rng, OneImage(), lambda: 0, (pixels, *maps), 0.5)
        maps = [torch.from_numpy(m) for m in maps]
        x = model.normalise(torch.from_numpy(pixels))
        optimiser = torch.optim.SGD(network.parameters(), lr=0.01)
        costs = []
        for _ in range(6):
            optimiser.zero_grad()
            total, _ = loss.losses(network, x, *maps)
            total.backward()
            optimiser.step()
            costs.append(float(total))
        self.assertLess(costs[-1], costs[0])

    def test_training_goes_on_from_its_checkpoint_and_says_when_it_was_stopped(self):
        class Always(OneImage):
            def weights(self):  # the only image is held out
                return np.ones(1)

        step = train.BATCH * train.PROCESSES
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(train, 'Store', lambda cache: Always()):
            def run(samples):
                with contextlib.redirect_stdout(io.StringIO()):
                    train.main(train.parse(['--cascade', '', '--run', folder, '--samples', str(samples)]))
                return torch.load(os.path.join(folder, 'checkpoint.pt'))['seen']
            self.assertEqual(run(step), step)
            self.assertEqual(run(2 * step), 2 * step)
            with mock.patch.object(train.Run, 'goes_on', lambda self: False), self.assertRaisesRegex(SystemExit, f'stopped at {2 * step} of'):
                run(3 * step)


class Network(unittest.TestCase):
    def test_it_starts_with_the_blocks_of_the_cascade(self):
        state = np.load(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'state', 'state.npz'))
        known, own = model.from_cascade(state), model.Detector().state_dict()
        same = [k for k in own if k in known and known[k].shape == tuple(own[k].shape)]
        self.assertIn('bank.early.0.conv.weight', same)
        self.assertIn('neck.mix0.expand.weight', same)

    def test_folding_changes_nothing(self):
        torch.manual_seed(0)
        network = model.Detector().eval()
        with torch.no_grad():
            for module in network.modules():
                if isinstance(module, torch.nn.BatchNorm2d):
                    module.running_mean.uniform_(-0.1, 0.1)
                    module.running_var.uniform_(0.8, 1.2)
        folded, tensors = fold_norms(network)
        pixels = np.random.default_rng(0).integers(0, 256, (1, 256, 256, 3), np.uint8)
        for a, b in zip(predict.run(network, pixels), predict.run(folded, pixels)):
            np.testing.assert_allclose(a, b, atol=0.02)
        self.assertIn('neck.down2.1.reduce.kernel', tensors)


class Decode(unittest.TestCase):
    def test_boxes_found_in_the_square_are_the_images_and_end_with_it(self):
        def network(pixels):  # somebody at 40, 60 to 120, 200 of the square, whose image begins at 0, 80 and is 1.6 times as large
            logits, sides = maps_for((40, 60, 120, 200))
            return logits, sides
        found, logits = predict.detect(network, np.full((100, 200, 3), 255, np.uint8))
        np.testing.assert_allclose(found[0], [25, 0, 75, 75], atol=0.5)  # all other cells vote, too, though hardly
        self.assertEqual(logits[0], 8)

    def test_an_image_fills_the_square_in_its_middle(self):
        square, x0, y0, scale = predict.letterbox(np.full((100, 200, 3), 255, np.uint8))
        self.assertEqual((x0, y0, scale), (0, 80, 1.6))
        self.assertEqual(square[79].max(), 0)
        self.assertEqual(square[80].min(), 255)

    def test_peaks_and_suppression(self):
        logits, boxes = np.full((32, 32), -9.0), np.zeros((4, 32, 32))
        for row, column, value, box in ((4, 4, 3, (0, 0, 60, 60)), (4, 5, 2, (0, 0, 61, 60)), (4, 9, 1, (2, 0, 62, 60)), (20, 20, 0, (90, 90, 200, 200))):
            logits[row, column], boxes[:, row, column] = value, box
        found, scores = decode.people(logits, boxes, -4)
        self.assertEqual(list(scores), [3, 0])
        np.testing.assert_allclose(found[1], [90, 90, 200, 200])

    def test_a_box_is_the_mean_of_the_cells_that_agree_weighted_by_their_probability(self):
        logits, boxes = np.full((32, 32), -9.0), np.zeros((4, 32, 32))
        for column, value, box in ((4, 20, (0, 0, 60, 60)), (5, 0, (3, 0, 63, 60)), (6, 19, (15, 0, 75, 60))):
            logits[4, column], boxes[:, 4, column] = value, box
        found, scores = decode.people(logits, boxes, -4)
        np.testing.assert_allclose(found, [[1, 0, 61, 60], [15, 0, 75, 60]], atol=1e-4)
        self.assertEqual(list(scores), [20, 19])


class Figures(unittest.TestCase):
    def test_found_unmatched_and_ghosts(self):
        truth = [(np.array([[0, 0, 50, 100], [200, 0, 300, 200]], float), np.array([True, True]))]
        found = [np.array([[0, 0, 50, 90, 0.9], [500, 500, 700, 700, 0.8], [0, 0, 50, 100, 0.1]])]
        empty = [np.zeros((0, 5)), np.array([[0, 0, 9, 9, 0.6]])]
        figures = evaluate.figures(found, truth, empty, 0.5)
        self.assertEqual((figures['found'], figures['unmatched'], figures['ghosts']), (50.0, 50.0, 50.0))

    def test_confidence_fits_what_it_is_told(self):
        rng = np.random.default_rng(0)
        logits = rng.normal(0, 2, 5000)
        hits = rng.random(5000) < 1 / (1 + np.exp(-(0.7 * logits - 0.5)))
        slope, offset = confidence.fit(logits[:, None], hits.astype(float))
        self.assertAlmostEqual(slope, 0.7, delta=0.1)
        self.assertAlmostEqual(offset, -0.5, delta=0.1)

    def test_the_score_of_a_person(self):
        np.testing.assert_allclose(person.features_of(0.5, [1.5, -2]), [0, 1.5, -2])
        fitted = dict(box=1.0, somebody=2.0, quality=3.0, offset=-4.0)
        self.assertAlmostEqual(float(person.person_score(fitted, [1, 0.5, 1])), 1 / (1 + np.exp(-1)))
        self.assertLess(float(person.person_score(fitted, person.features_of(1, [0, 0]))), 1)

    def test_a_score_is_a_probability_that_orders_by_quality(self):
        rng = np.random.default_rng(0)
        somebody, right = rng.normal(size=(2, 4000))
        hits = rng.random(4000) < 1 / (1 + np.exp(-2 * somebody))
        quality = hits / (1 + np.exp(-3 * right))
        images = [candidates.Candidates(*[None] * 5, is_empty=False), candidates.Candidates(*[None] * 5, is_empty=True)]
        rows = [((0, s, r), hit, q if k % 2 else None, 0) for k, (s, r, hit, q) in enumerate(zip(somebody, right, hits, quality))]
        with contextlib.redirect_stdout(io.StringIO()):
            fitted = calibrate.fit_score([*rows, ((0, 0, 0), False, 0, 1)], images)
        self.assertGreater(fitted['quality'], 0.5)
        scores = person.person_score(fitted, np.column_stack([0 * somebody, somebody, right]))
        self.assertLess(metrics.calibration_error(scores, hits), 0.05)

    def test_the_least_score_leaves_images_without_people_empty(self):
        images = [candidates.Candidates(*[None] * 5, is_empty=True) for _ in range(100)]
        rows = [((0, k / 10, k / 20), k % 100 > 40 + 20 * (k % 3), None if k % 2 else 1.0 * (k > 60), k) for k in range(100)]
        with contextlib.redirect_stdout(io.StringIO()):
            fitted = calibrate.fit_score(rows, images)
        scores = person.person_score(fitted, np.array([row[0] for row in rows]))
        self.assertLessEqual((scores >= fitted['threshold']).mean(), calibrate.GHOSTS + 0.01)
        self.assertGreaterEqual(fitted['threshold'], calibrate.LIKELY)

    def test_how_right_a_pose_is(self):
        np.testing.assert_allclose(head.quality([0.3, 0.475, 0.725, 1]), [0, 0, 0.5, 1])
        joints = np.column_stack([np.linspace(10, 90, 17), np.linspace(20, 180, 17), np.full(17, 2.0)])
        own, far = np.array([5, 10, 95, 190]), np.array([305, 10, 395, 190])
        labels = [joints], [10_000.0], own[None]
        image = candidates.Candidates(None, np.stack([own, far, far]), None, np.array([True, False, True]), labels, False)
        pose = np.vstack([joints, np.zeros((2, 3))])
        self.assertEqual(image.quality_of(0, pose), 1)
        self.assertEqual(image.quality_of(0, pose + [300, 0, 0]), 0)
        self.assertEqual(image.quality_of(1, pose + [300, 0, 0]), 0)
        self.assertIsNone(image.quality_of(2, pose + [300, 0, 0]))  # somebody whose joints are not labelled, beside the labelled one
        unlabelled = candidates.Candidates(None, np.stack([own, far]), None, np.array([True, False]), None, False)
        self.assertIsNone(unlabelled.quality_of(0, pose))  # somebody, of whom only the box is known
        self.assertEqual(unlabelled.quality_of(1, pose), 0)

    def test_the_person_head_says_nothing_untrained_and_learns(self):
        rng = np.random.default_rng(0)
        right = rng.random(512) < 0.5
        features = (rng.random((512, 192, 6, 6)) * np.where(right, 1.5, 1)[:, None, None, None]).astype(np.float16)
        self.assertEqual(float(np.abs(head.verdicts(head.PersonHead(), features)).max()), 0)
        targets = np.column_stack([right, np.where(rng.random(512) < 0.5, np.nan, right)]).astype(np.float32)
        found = head.verdicts(train_head.train(features, targets), features)
        for logit in found.T:
            self.assertGreater(train_head.area_under_curve(logit, right), 0.85)

    def test_what_both_passes_of_a_flip_test_say(self):
        one, other = np.tile([[50.0, 60.0, 0.9]], (19, 1)), np.tile([[54.0, 62.0, 0.3]], (19, 1))
        np.testing.assert_allclose(flip.agreed(one, other, 200)[0], [51, 60.5, 0.6])
        other[:, 0] = 90  # apart: the surer place
        np.testing.assert_allclose(flip.agreed(one, other, 200)[0], [50, 60, 0.6])

    def test_what_lies_in_doubtful_areas(self):
        boxes, areas = np.array([[0, 0, 10, 10], [20, 20, 30, 30]], float), np.array([[0, 0, 8, 8]], float)
        np.testing.assert_allclose(decode.covered(boxes, areas), [0.64, 0])
        np.testing.assert_allclose(decode.covered(boxes, areas[:0]), [0, 0])


class Labels(unittest.TestCase):
    def test_the_teacher_completes_and_doubts(self):
        known = [np.array([0, 0, 10, 20.0])]
        teacher = [[0, 0, 10, 19, 0.9], [50, 0, 60, 20, 0.6], [80, 0, 90, 20, 0.25], [0, 0, 5, 18, 0.3], [95, 0, 99, 20, 0.05]]
        boxes, kinds = label.merge(known, teacher, 'coco-train', nobody=False)
        self.assertEqual(list(kinds), [1, 1, 0])
        np.testing.assert_allclose(boxes[0], known[0])

    def test_where_labels_list_few_the_teachers_boxes_count_by_their_probability(self):
        known = [np.array([0, 0, 10, 20.0])]
        teacher = [[0, 0, 10, 19, 0.9], [50, 0, 60, 20, 0.6], [80, 0, 90, 20, 0.25], [0, 0, 5, 18, 0.3], [95, 0, 99, 20, 0.15]]
        boxes, person = label.merge(known, teacher, 'sports', nobody=False)
        np.testing.assert_allclose(boxes, [known[0], teacher[1][:4], teacher[2][:4]])
        np.testing.assert_allclose(person, [1, 0.97, 0.22], atol=0.01)

    def test_a_label_is_certain_where_the_teacher_alone_would_make_it(self):
        self.assertGreaterEqual(label.chance(label.SURE), candidates.CERTAIN)

    def test_nobody_is_among_animals(self):
        boxes, kinds = label.merge([], [[0, 0, 10, 19, 0.9], [50, 0, 60, 20, 0.5]], 'cows', nobody=True)
        self.assertEqual(list(kinds), [0])

    def test_captions_say_where_nobody_is(self):
        with tempfile.TemporaryDirectory() as folder:
            os.makedirs(os.path.join(folder, 'flickr', 'data'))
            for part in label.CAPTIONS:
                with open(os.path.join(folder, 'flickr', 'data', f'flickr8k.{part}.txt'), 'w') as file:
                    for name, caption, match in (('dog', 'A dog runs over water .', 'match'), ('dog', 'A man sits .', 'no-match'),
                                                 ('both', 'Two dogs jump .', 'match'), ('both', 'Dogs and their trainer', 'match'),
                                                 ('hill', 'A green hill', 'match')):
                        file.write(f'{part}-{name}.jpg\t{caption}\t{match}\n')
            self.assertEqual(label.without_people(folder), {os.path.join('flickr', 'data', 'images', f'{part}-dog.jpg') for part in label.CAPTIONS})

    def test_the_same_photograph_has_the_same_fingerprint(self):
        image = np.random.default_rng(0).integers(0, 256, (9, 12, 3), np.uint8).repeat(20, 0).repeat(20, 1)
        other = prepare.fit(image, 120)
        self.assertEqual(other.shape, (90, 120, 3))
        self.assertLess(np.unpackbits(prepare.fingerprint(image) ^ prepare.fingerprint(other)).sum(), 26)
        self.assertGreater(np.unpackbits(prepare.fingerprint(image) ^ prepare.fingerprint(image[::-1])).sum(), 60)


if __name__ == '__main__':
    unittest.main()
