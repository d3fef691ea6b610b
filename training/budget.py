"""Prints parameters and multiply-accumulates for one person, coarse and fine, against the budget.   python3 budget.py"""
import torch

from posecade.layers import Conv
from posecade.model import CROP, FINE, INPUT, Cascade, pyramid
from posecade.skeleton import COUNT

BUDGET_GMAC, BUDGET_PARAMETERS = 0.35, 2.0e6


def count(network):
    """Multiply-accumulates of one person, {'coarse': ..., 'fine': ...}, of a network in eval mode."""
    macs, hooks = {}, []

    def hook_of(stage):
        def hook(module, _, output):
            n, _, height, width = output.shape
            macs[stage] = macs.get(stage, 0) + n * height * width * module.weight.numel()
        return hook

    for name, module in network.named_modules():
        if isinstance(module, Conv):
            hooks.append(module.register_forward_hook(hook_of(name.split('.')[0])))
    with torch.no_grad():
        out = network.coarse(pyramid(torch.zeros(1, INPUT, INPUT, 3, dtype=torch.uint8)))
        network.fine(out['early'], out['late'], out['maps'], torch.full((1, COUNT, 2), CROP))
    for hook in hooks:
        hook.remove()
    macs['fine'] += COUNT * FINE * FINE * network.fine.private.shape[1]
    return macs


def main():
    network = Cascade().eval()
    macs = count(network)
    parameters, total = sum(p.numel() for p in network.parameters()), sum(macs.values()) / 1e9
    for stage, value in macs.items():
        print(f'{stage:8s}{value / 1e6:8.1f} MMAC')
    print(f'total   {total * 1e3:8.1f} MMAC of {BUDGET_GMAC * 1e3:.0f};  {parameters / 1e6:.2f} M parameters of {BUDGET_PARAMETERS / 1e6:.1f}')


if __name__ == '__main__':
    main()
