"""Averaged weights, and the small file that carries them from one machine to the next."""
import numpy as np
import torch


class Average:
    """Exponential moving average of weights; batch-norm statistics are copied (they are averages already)."""

    def __init__(self, network, decay):
        self.decay, self.steps = decay, 0
        self.values = {k: v.detach().clone() for k, v in network.state_dict().items() if v.dtype.is_floating_point}
        self._names = [k for k, _ in network.named_parameters()]

    def update(self, network):
        self.steps += 1
        keep = min(self.decay, self.steps / (self.steps + 20))
        parameters = dict(network.named_parameters())
        with torch.no_grad():
            own = [self.values[k] for k in self._names]
            torch._foreach_mul_(own, keep)
            torch._foreach_add_(own, [parameters[k].detach() for k in self._names], alpha=1 - keep)
            if self.steps % 50 == 0:
                for k, v in network.named_buffers():
                    if v.dtype.is_floating_point:
                        self.values[k].copy_(v)

    def state_dict(self):
        return dict(values=self.values, steps=self.steps)

    def load_state_dict(self, saved):
        self.values, self.steps = saved['values'], saved['steps']


def save_state(path, values, seen):
    """Unfolded weights and batch-norm statistics in float16 and the number of samples seen, one .npz."""
    np.savez(path, seen=seen, **{k: v.numpy().astype(np.float16) for k, v in values.items() if v.dtype.is_floating_point})


def samples_seen(path):
    """What save_state or train.py's checkpoint.pt says of the number of samples seen."""
    return int(np.load(path)['seen']) if path.endswith('.npz') else torch.load(path, map_location='cpu')['seen']


def load_state(path, network):
    """Takes over every tensor whose name and shape agree; the rest stays as it is. Returns the names not found."""
    stored = np.load(path)
    own = network.state_dict()
    wanted = {k: tuple(v.shape) for k, v in own.items() if v.dtype.is_floating_point}
    missing = [k for k, shape in wanted.items() if k not in stored or stored[k].shape != shape]
    taken = {k: torch.from_numpy(stored[k].astype(np.float32)) for k in wanted if k not in missing}
    network.load_state_dict({**own, **taken})
    return missing


def load_average(path, network):
    """Averaged weights from a run's checkpoint.pt or from training/state; every tensor must be there."""
    if path.endswith('.npz'):
        missing = load_state(path, network)
        if missing:
            raise ValueError(f'{path} lacks {missing}')
        return
    values = torch.load(path, map_location='cpu')['average']['values']
    own = network.state_dict()
    missing = [k for k, v in own.items() if v.dtype.is_floating_point and (k not in values or values[k].shape != v.shape)]
    if missing:
        raise ValueError(f'{path} lacks {missing}')
    network.load_state_dict({k: values.get(k, v) for k, v in own.items()})
