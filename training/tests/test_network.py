"""The network: codec, kernels against PyTorch's operations, losses, folding."""
import unittest
from unittest import mock

import context  # noqa: F401
import numpy as np
import torch

from posecade import codec, layers, loss, model
from posecade.fold import fold
from posecade.layers import BatchNormRelu, gather, own_dots, up_add
from posecade.predict import middle, run, run_all, shrink

PRECISION = {torch.bfloat16: 0.01, torch.float32: 1e-4}
KINDS = tuple(PRECISION)


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
    def test_a_gpu_s_operations_train_as_our_kernels_do(self):
        pixels = torch.randint(0, 256, (4, 192, 192, 3), dtype=torch.uint8, generator=torch.Generator().manual_seed(6))
        points, status = torch.rand(4, 19, 2, generator=torch.Generator().manual_seed(7)) * 192, torch.ones(4, 19)
        totals, gradients = [], []
        for own in (layers.own, lambda _: False):
            torch.manual_seed(8)
            network = model.Cascade(dropout=0).to(memory_format=torch.channels_last)
            with mock.patch.object(layers, 'own', own):
                total, _ = loss.losses(network, model.pyramid_for_training(pixels), points, status, True)
                total.backward()
            totals.append(float(total))
            gradients.append(torch.cat([p.grad.flatten() for p in network.parameters() if p.grad is not None]))
        near, alike = (0.02, 0.95) if model.ON_CPU == torch.bfloat16 else (1e-4, 0.9999)
        self.assertLess(abs(totals[0] - totals[1]), near * totals[0])
        self.assertGreater(float(torch.cosine_similarity(*gradients, dim=0)), alike)

    def expect_alike(self, run):
        """That run(kind) gives what PyTorch's own operations give in float32, with the kernels of either kind."""
        with mock.patch.object(layers, 'own', lambda _: False):
            expected = run(torch.float32)
        for kind in KINDS:
            with mock.patch.object(layers, 'call', wraps=layers.call) as call:
                made = run(kind)
            self.assertTrue(all(used.args[0] == kind for used in call.call_args_list) and call.called)
            self.expect_near(made, expected, kind)

    def expect_near(self, made, expected, kind):
        for own, other in zip(made, expected):
            self.assertLess(float((own.float() - other).abs().max() / other.abs().max()), PRECISION[kind])

    def test_kernels_agree_with_pytorch(self):
        torch.manual_seed(0)
        norm = BatchNormRelu(24)
        norm.norm.weight.data.uniform_(0.5, 1.5)
        x, r, g = (torch.randn(4, 24, 6, 6).bfloat16() for _ in range(3))

        def run(kind):
            norm.zero_grad()
            a, b = (t.detach().to(kind).clone().requires_grad_() for t in (x, r))
            y = norm(a, b)
            y.backward(g.to(kind))
            return y, a.grad, b.grad, norm.norm.weight.grad, norm.norm.bias.grad
        self.expect_alike(run)

    def test_upsampling_kernel_and_its_gradient(self):
        def run(kind):
            torch.manual_seed(1)
            big, small = (torch.randn(2, 8, size, size).bfloat16().to(kind).detach().requires_grad_() for size in (4, 2))
            y = up_add(big, small)
            y.backward(torch.ones_like(y))
            return y, big.grad, small.grad
        self.expect_alike(run)

    def test_pyramid_kernel(self):
        pixels = torch.randint(0, 256, (2, 192, 192, 3), dtype=torch.uint8)
        for kind in KINDS:
            with mock.patch.object(model, 'ON_CPU', kind):
                made = model.pyramid_for_training(pixels)
            for own, other in zip(made, model.pyramid(pixels)):
                self.assertEqual(own.dtype, kind)
                self.assertLess(float((own.float() - other).abs().max()), PRECISION[kind])

    def test_crops_are_cut_where_they_should_be_and_are_zero_outside(self):
        features = torch.arange(24 * 24.0).view(1, 1, 24, 24) + 1
        cut = gather(features, torch.tensor([[[5, 7], [-2, 21]]]), 5)
        self.assertTrue(torch.equal(cut[0, 0], features[0, 0, 7:12, 5:10]))
        self.assertTrue(torch.equal(cut[1, 0, :3, 2:], features[0, 0, 21:, :3]))
        self.assertEqual(float(cut[1, 0, 3:].sum() + cut[1, 0, :, :2].sum()), 0)

    def test_crops_kernel_and_its_gradient(self):
        corners = torch.tensor([[[5, 7], [-2, 21], [6, 6]], [[0, 0], [22, -2], [20, 3]]])

        def run(kind):
            torch.manual_seed(4)
            features = torch.randn(2, 8, 24, 24).bfloat16().to(kind).requires_grad_()
            cut = gather(features, corners, 5)
            cut.backward(torch.randn(cut.shape).bfloat16().to(kind))
            return cut, features.grad
        self.expect_alike(run)

    def test_the_joints_own_1x1_kernel_and_its_gradients(self):
        def run(kind):
            torch.manual_seed(5)
            x = torch.randn(3, 19, 100, 64).bfloat16().to(kind).requires_grad_()
            weight = torch.randn(19, 64, requires_grad=True)
            y = own_dots(x, weight)
            y.backward(torch.randn(y.shape))
            return y, x.grad, weight.grad
        self.expect_alike(run)
        with mock.patch.object(layers, 'own', lambda _: False):  # as on a GPU
            self.expect_near(run(torch.bfloat16), run(torch.float32), torch.bfloat16)

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


class Crops(unittest.TestCase):
    def test_the_middle_of_a_crop_is_the_mean_of_what_its_pixels_cover(self):
        rng = np.random.default_rng(0)
        crop = rng.integers(0, 256, (384, 384, 3), np.uint8)
        self.assertLessEqual(int(abs(middle(crop, 1.0).astype(int) - shrink(crop)).max()), 1)
        self.assertTrue((middle(crop, 0.5) == crop[96:288, 96:288]).all())
        slope = np.broadcast_to(np.arange(256, dtype=np.uint8)[None, :, None], (256, 256, 3))
        step = 0.9 * 256 / 192
        expected = 0.05 * 256 + (np.arange(192) + 0.5) * step - 0.5  # of a slope, the mean is the value at the middle
        self.assertLess(abs(middle(slope, 0.9)[7, :, 0] - expected).max(), 0.6)

    def test_joints_of_the_middle_are_in_pixels_of_the_crop(self):
        network = model.Cascade().eval()
        pixels = np.random.default_rng(0).integers(0, 256, (2, 256, 256, 3), np.uint8)
        inner = run(network, pixels[:, 32:224, 32:224])['fine'].numpy()
        outer = run_all(network, pixels, 0.75)
        self.assertLess(abs(outer['fine'] - inner - 32).max(), 1e-3)
