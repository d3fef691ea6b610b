"""Training's tests, on tiny pictures they make themselves.   python3 -m unittest discover -s tests"""
import io
import json
import os
import sys
import tarfile
import tempfile
import unittest

import cv2
import numpy as np
import torch
from PIL import Image

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import prepare  # noqa: E402
from posecade import codec, confidence, data, loss, model, skeleton  # noqa: E402
from posecade.fold import fold  # noqa: E402
from posecade.layers import BatchNormRelu, gather, own_dots, up_add  # noqa: E402
from posecade.metrics import calibration_error  # noqa: E402
from posecade.muon import Muon, orthogonal  # noqa: E402
from posecade.predict import run  # noqa: E402
from posecade.state import Average, load_state, samples_seen, save_state  # noqa: E402

torch.set_num_threads(1)


def make_packs(folder):
    """One picture a pack: grey, with a bright dot at each joint."""
    joints = np.stack([np.linspace(40, 120, 19), np.linspace(30, 150, 19)], 1)
    picture = np.full((180, 160, 3), 90, np.uint8)
    for x, y in joints:
        cv2.circle(picture, (int(x), int(y)), 2, (255, 255, 255), -1)
    for pack in prepare.PACKS:
        coded = io.BytesIO()
        Image.fromarray(picture).save(coded, 'PNG')
        with tarfile.open(os.path.join(folder, pack + '.tar'), 'w') as tar:
            entry = tarfile.TarInfo('a.png')
            entry.size = coded.tell()
            coded.seek(0)
            tar.addfile(entry, coded)
        visible = np.full((19, 1), 2.0)
        visible[16] = 0
        person = dict(id=1, image_id=1, bbox=[30, 20, 100, 140], keypoints=np.hstack([joints, visible]).ravel().tolist())
        with open(os.path.join(folder, pack + '.json'), 'w') as file:
            json.dump(dict(images=[dict(id=1, file_name='a.png', width=160, height=180)], annotations=[person]), file)


class Data(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        make_packs(cls.folder.name)
        prepare.main(cls.folder.name, os.path.join(cls.folder.name, 'cache'))
        cls.store = data.Store(os.path.join(cls.folder.name, 'cache'))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_a_missing_label_is_absent_in_coco_and_says_nothing_elsewhere(self):
        self.assertEqual([int(s[16]) for s in self.store.status], [2, 0, 0, 0])

    def test_joints_follow_the_picture_through_every_augmentation(self):
        rng = np.random.default_rng(0)
        for _ in range(60):
            matrix, _ = data.placement(rng, self.store, 1, 1.0, 1.0, data.region)
            crop = data.warp(rng, self.store.picture(1), matrix)
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

    def test_a_joint_beyond_the_picture_is_absent(self):
        joints = np.array([[-1, 5], [159, 179], [160, 5], [3, 180.0]] + [[9, 9]] * 15)
        picture = self.store.picture(0)
        self.assertEqual(data.beyond(joints, picture, False)[:4].tolist(), [True, False, True, True])
        self.assertEqual(data.beyond(joints, picture, True).tolist(), data.beyond(joints, picture, False)[skeleton.MIRROR].tolist())


class Codec(unittest.TestCase):
    def test_round_trip_under_a_twentieth_of_a_cell(self):
        points = torch.rand(1, 200, 2) * 4 + 3
        target = codec.encode(points, 10)
        self.assertLess(float((codec.fine_position(target) - points).abs().max()), 0.05)
        coarse = codec.encode(points + 7, 24)
        found = codec.coarse_position(coarse, codec.coarse_peak(coarse))
        self.assertLess(float((found - points - 7).abs().max()), 0.1)

    def test_cells_and_absent_make_one(self):
        logits = torch.full((1, 19, 24, 24), -50.0)
        self.assertLess(float(codec.coarse_probabilities(logits).sum()), 1e-6)
        logits[..., 3, 5] = 9
        p = codec.coarse_probabilities(logits)
        self.assertAlmostEqual(float(p[0, 0].sum()), float(torch.sigmoid(torch.tensor(9.0))), places=5)
        self.assertEqual(codec.coarse_peak(p)[0, 0].tolist(), [5, 3])


class Network(unittest.TestCase):
    def test_kernels_agree_with_pytorch(self):
        torch.manual_seed(0)
        norm = BatchNormRelu(24)
        norm.norm.weight.data.uniform_(0.5, 1.5)
        x, r, g = (torch.randn(4, 24, 6, 6).bfloat16() for _ in range(3))
        results = []
        for kind in (torch.bfloat16, torch.float32):
            norm.zero_grad()
            a, b = (t.detach().to(kind).clone().requires_grad_() for t in (x, r))
            y = norm(a, b)
            y.backward(g.to(kind))
            results.append([t.float() for t in (y, a.grad, b.grad, norm.norm.weight.grad, norm.norm.bias.grad)])
        for own, other in zip(*results):
            self.assertLess(float((own - other).abs().max() / other.abs().max()), 0.01)

    def test_upsampling_kernel_and_its_gradient(self):
        results = []
        for kind in (torch.bfloat16, torch.float32):
            torch.manual_seed(1)
            big, small = (torch.randn(2, 8, size, size).bfloat16().to(kind).detach().requires_grad_() for size in (4, 2))
            y = up_add(big, small)
            y.backward(torch.ones_like(y))
            results.append([y.detach().float(), big.grad.float(), small.grad.float()])
        for own, other in zip(*results):
            self.assertLess(float((own - other).abs().max()), 0.05)

    def test_pyramid_kernel(self):
        pixels = torch.randint(0, 256, (2, 192, 192, 3), dtype=torch.uint8)
        for own, other in zip(model.pyramid_bfloat16(pixels), model.pyramid(pixels)):
            self.assertLess(float((own.float() - other).abs().max()), 0.01)

    def test_crops_are_cut_where_they_should_be_and_are_zero_outside(self):
        features = torch.arange(24 * 24.0).view(1, 1, 24, 24) + 1
        cut = gather(features, torch.tensor([[[5, 7], [-2, 21]]]), 5)
        self.assertTrue(torch.equal(cut[0, 0], features[0, 0, 7:12, 5:10]))
        self.assertTrue(torch.equal(cut[1, 0, :3, 2:], features[0, 0, 21:, :3]))
        self.assertEqual(float(cut[1, 0, 3:].sum() + cut[1, 0, :, :2].sum()), 0)

    def test_crops_kernel_and_its_gradient(self):
        corners = torch.tensor([[[5, 7], [-2, 21], [6, 6]], [[0, 0], [22, -2], [20, 3]]])
        results = []
        for kind in (torch.bfloat16, torch.float32):
            torch.manual_seed(4)
            features = torch.randn(2, 8, 24, 24).bfloat16().to(kind).requires_grad_()
            cut = gather(features, corners, 5)
            cut.backward(torch.randn(cut.shape).bfloat16().to(kind))
            results.append([cut.detach().float(), features.grad.float()])
        self.assertTrue(torch.equal(results[0][0], results[1][0]))
        self.assertLess(float((results[0][1] - results[1][1]).abs().max()), 0.02)

    def test_the_joints_own_1x1_kernel_and_its_gradients(self):
        results = []
        for kind in (torch.bfloat16, torch.float32):
            torch.manual_seed(5)
            x = torch.randn(3, 19, 100, 64).bfloat16().to(kind).requires_grad_()
            weight = torch.randn(19, 64, requires_grad=True)
            y = own_dots(x, weight)
            y.backward(torch.randn(y.shape))
            results.append([y.detach(), x.grad.float(), weight.grad])
        for own, other in zip(*results):
            self.assertLess(float((own - other).abs().max() / other.abs().max()), 0.01)

    def test_the_fine_stage_trains_the_banks(self):
        network = model.Cascade(dropout=0)
        torch.nn.init.normal_(network.fine.private)
        out = network.coarse(model.pyramid(torch.randint(0, 256, (1, 192, 192, 3), dtype=torch.uint8)))
        points = torch.rand(1, 19, 2) * 150 + 20
        status = torch.ones(1, 19)
        cells = (points / model.STRIDE).long()
        loss.fine_loss(network.fine(out['early'], out['late'], out['maps'], cells), network.fine.sharpness, cells, points, status).backward()
        for bank in (network.coarse.bank0, network.coarse.bank1):
            self.assertGreater(float(bank.early[0].conv.weight.grad.abs().sum()), 0)

    def test_an_absent_joint_pulls_its_map_down_and_an_unknown_one_does_nothing(self):
        logits = torch.zeros(1, 19, 24, 24, requires_grad=True)
        points, status = torch.full((1, 19, 2), 90.0), torch.zeros(1, 19)
        status[0, 0] = 2
        loss.coarse_loss(logits, points, status).backward()
        self.assertTrue((logits.grad[0, 0] > 0).all())
        self.assertEqual(float(logits.grad[0, 1:].abs().sum()), 0)

    def test_the_folded_network_is_the_network(self):
        torch.manual_seed(3)
        network = model.Cascade().eval()
        for module in network.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                module.running_mean.normal_(0, 0.1)
                module.running_var.uniform_(0.5, 2)
                module.weight.data.uniform_(0.5, 1)
        folded, tensors = fold(network)
        pixels = np.random.default_rng(0).integers(0, 256, (1, 192, 192, 3), np.uint8)
        with torch.no_grad():
            x = model.pyramid(torch.from_numpy(pixels))
            own, other = network.coarse(x)['maps'], folded.coarse(x)['maps']
        self.assertLess(float((own - other).abs().max() / own.abs().max()), 0.02)
        self.assertEqual(tensors['coarse.bank0.early.0.kernel'].shape, (3, 3, 3, 32))
        self.assertEqual(run(folded, pixels)['fine'].shape, (1, 19, 2))


class Optimiser(unittest.TestCase):
    def test_updates_are_orthogonal(self):
        torch.manual_seed(1)
        values = torch.linalg.svdvals(orthogonal(torch.randn(2, 24, 432)).float())
        self.assertGreater(values.min(), 0.6)
        self.assertLess(values.max(), 1.3)

    def test_muon_finds_a_convolution(self):
        torch.manual_seed(1)
        wanted = torch.nn.Conv2d(8, 4, 3, bias=False).requires_grad_(False)
        own = torch.nn.Conv2d(8, 4, 3, bias=False)
        muon, x = Muon([own.weight], 0.02), torch.randn(16, 8, 12, 12)
        errors = []
        for _ in range(60):
            error = (own(x) - wanted(x)).square().mean()
            own.weight.grad = None
            error.backward()
            muon.step()
            errors.append(float(error))
        self.assertLess(errors[-1], 0.1 * errors[0])

    def test_it_goes_on_where_it_was(self):
        def step(muon, parameter, k):
            parameter.grad = torch.full_like(parameter, 1.0).tril(k)
            muon.step()

        one, other = [torch.nn.Parameter(torch.ones(3, 5)) for _ in range(2)]
        muon = Muon([one], 0.1, 0.01)
        step(muon, one, 0)
        with torch.no_grad():
            other.copy_(one)
        again = Muon([other], 0.1, 0.01)
        again.load_state_dict(muon.state_dict())
        step(muon, one, 1)
        step(again, other, 1)
        self.assertTrue(torch.equal(one, other))


class Scores(unittest.TestCase):
    def test_the_fit_finds_the_probability(self):
        rng = np.random.default_rng(0)
        mass, sharp = rng.uniform(0.02, 0.98, (800, 19)), rng.uniform(0.1, 0.9, (800, 19))
        hit = rng.random((800, 19)) < mass ** 2
        fitted = confidence.fit(mass, sharp, hit, np.ones_like(hit))
        score = confidence.score_of(fitted, mass, sharp)
        self.assertLess(calibration_error(score.ravel(), hit.ravel()), 0.03)

    def test_whoever_is_much_the_largest_leads_the_picture(self):
        image, side = np.array([0, 0, 1, 2, 2]), np.array([50, 100, 30, 100, 90])
        self.assertEqual(data.leads(image, side).tolist(), [False, True, True, False, False])

    def test_state_round_trip(self):
        network = model.Cascade()
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'state.npz')
            save_state(path, Average(network).values, 640_000)
            other = model.Cascade()
            self.assertEqual(load_state(path, other), [])
            self.assertEqual(samples_seen(path), 640_000)
            kept = other.coarse.maps.weight
            self.assertLess(float((kept - network.coarse.maps.weight).abs().max()), 1e-3)


if __name__ == '__main__':
    unittest.main()
