"""Muon: momentum whose update is made orthogonal (K. Jordan and others, 2024, https://kellerjordan.github.io/posts/muon/), for
convolutions; scaled so that the rate and weight decay of AdamW hold for it, too (J. Liu and others, 2025, arXiv 2502.16982)."""
import torch

from .precision import ON_CPU

MOMENTUM = 0.95
STEPS = 5  # of Newton and Schulz's iteration
A, B, C = 3.4445, -4.7750, 2.0315  # its polynomial: quick rather than exact, singular values end between 0.7 and 1.2
SCALE = 0.2  # root mean square of AdamW's usual update


def orthogonal(matrices):
    """[K, M, N] with M <= N -> the same with singular values near 1, in bfloat16 where that is quick."""
    x = matrices / matrices.flatten(1).norm(dim=1)[:, None, None].clamp(min=1e-12)
    x = x.to(ON_CPU if x.device.type == 'cpu' else torch.bfloat16)
    for _ in range(STEPS):
        square = torch.bmm(x, x.transpose(1, 2))
        x = torch.baddbmm(x, torch.baddbmm(square, square, square, beta=B, alpha=C), x, beta=A)
    return x


class Muon(torch.optim.Optimizer):
    """For parameters [outputs, inputs, ...]; those of one shape are treated together."""

    def __init__(self, parameters, lr, weight_decay=0.0):
        super().__init__(parameters, dict(lr=lr, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            alike = {}
            for p in group['params']:
                if p.grad is not None:
                    alike.setdefault(tuple(p.shape), []).append(p)
            for same in alike.values():
                self._update(same, group['lr'], group['weight_decay'])

    def _update(self, same, lr, decay):
        grads = [p.grad for p in same]
        for p in same:
            if not self.state[p]:
                self.state[p]['momentum'] = torch.zeros_like(p)
        momenta = [self.state[p]['momentum'] for p in same]
        torch._foreach_mul_(momenta, MOMENTUM)
        torch._foreach_add_(momenta, grads)
        nesterov = torch._foreach_add(grads, momenta, alpha=MOMENTUM)
        flat = torch.stack([n.reshape(n.shape[0], -1) for n in nesterov])
        wide = flat.shape[1] <= flat.shape[2]
        update = orthogonal(flat if wide else flat.transpose(1, 2))
        update = (update if wide else update.transpose(1, 2)).float()
        size = SCALE * max(flat.shape[1:]) ** 0.5
        torch._foreach_mul_(same, 1 - lr * decay)
        for p, u in zip(same, update):
            p.add_(u.reshape(p.shape), alpha=-lr * size)
