"""Batch norm folded into the convolutions, weights rounded to float16: the network exactly as it ships."""
import copy

import torch

from .layers import Conv
from .model import Coarse, Fine, Residual, Unit


def _norms(network):
    """Every batch norm with the convolutions whose (summed) output it takes: (norm, [(name, conv), ...])."""
    for name, module in network.named_modules():
        if isinstance(module, Unit):
            yield module.norm.norm, [(name, module.conv)]
        elif isinstance(module, Residual):
            yield module.norm.norm, [(name + '.expand', module.expand)]
        elif isinstance(module, Coarse):
            yield module.feedback_norm.norm, [(name + '.feedback', module.feedback)]
        elif isinstance(module, Fine):
            yield module.norm.norm, [(name + '.level0', module.level0), (name + '.level1', module.level1)]


def _round(tensor):
    tensor.copy_(tensor.half().float())


def fold_norms(network):
    """Returns a folded, rounded copy in eval mode and the tensors of its convolutions as they are written: {name: float32 tensor};
    kernels in TensorFlow's order [height, width, in, out]."""
    network = copy.deepcopy(network).eval().to(memory_format=torch.contiguous_format)
    tensors = {}
    with torch.no_grad():
        for norm, convolutions in _norms(network):
            scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            norm.bias.sub_(norm.running_mean * scale)
            _round(norm.bias)
            for _, conv in convolutions:
                conv.weight.mul_(scale[:, None, None, None])
            norm.weight.fill_(1)
            norm.running_mean.zero_()
            norm.running_var.fill_(1 - norm.eps)
            tensors[convolutions[0][0] + '.bias'] = norm.bias
        for name, module in network.named_modules():
            if isinstance(module, Conv):
                _round(module.weight)
                name = name[:-len('.conv')] if name.endswith('.conv') else name  # a unit's convolution bears the unit's name
                tensors[name + '.kernel'] = module.weight.permute(2, 3, 1, 0).contiguous()
                if module.bias is not None:
                    _round(module.bias)
                    tensors[name + '.bias'] = module.bias
    return network, dict(sorted(tensors.items()))


def fold_head(head):
    """The same of a person head."""
    head, tensors = fold_norms(head)
    with torch.no_grad():
        for tensor in (head.whole.weight, head.whole.bias):
            _round(tensor)
    tensors.update({'whole.kernel': head.whole.weight.t().contiguous(), 'whole.bias': head.whole.bias})
    return head, {f'person.{name}': tensor for name, tensor in sorted(tensors.items())}


def fold(network):
    """The same of a cascade, with its joints' own weights."""
    network, tensors = fold_norms(network)
    with torch.no_grad():
        network.fine.private.mul_(network.fine.sharpness)
        network.fine.sharpness = 1.0
        _round(network.fine.private)
        tensors['fine.private'] = network.fine.private
    return network, dict(sorted(tensors.items()))
