"""The detector's network. Shapes are NCHW; coordinates are pixel-edge (cell i of stride 8 has its centre at (i + 0.5) * 8).

An image, letterboxed to 320 x 320 px, goes through one bank of convolutions to stride 8 and down to stride 32 and back, with skips:
the cascade's own blocks, so that training starts from the cascade's weights, which know people already. Two maps of
40 x 40 cells are read there: how well the box of a cell meets somebody (logits), and how far it is from
the cell's centre to the box's left, top, right and bottom side, as the logarithm of distance / stride. After X. Zhou and others, "Objects
as Points" (2019, arXiv 1904.07850); what the cells learn is in loss.py."""
import torch
from torch import nn

from ..layers import Conv, up_add
from ..model import MEAN, STD, Bank, Residual, Unit, chain
from ..precision import ON_CPU

INPUT, STRIDE, CELLS = 320, 8, 40
PRIOR = 0.02  # what a new network says of every cell


class Neck(nn.Module):
    """Down to 20 x 20 and 10 x 10 cells and back: Context of the cascade, narrower. Names agree with it. The last two blocks at 10 x 10 cells are
    there for what they see, 32 px farther to all sides each: the sides of somebody who fills the image are 160 px from its middle."""

    def __init__(self, width):
        super().__init__()
        self.down1 = nn.Sequential(Unit(width, 128, 3, 2))
        self.down2 = nn.Sequential(Unit(128, 160, 3, 2), Residual(160, 48), *chain(160, 16, 2))
        self.up2 = Unit(160, 128, 1)
        self.mix1 = Residual(128, 48)
        self.up1 = Unit(128, width, 1)
        self.mix0 = Residual(width, 32)

    def forward(self, x):
        half = self.down1(x)
        half = self.mix1(up_add(half, self.up2(self.down2(half))))
        return self.mix0(up_add(x, self.up1(half)))


class Detector(nn.Module):
    def __init__(self, width=96, head=40):
        super().__init__()
        self.bank = Bank(width, 32, 2, width)
        self.neck = Neck(width)
        self.tower = Residual(width, 32)
        self.head = Unit(width, head)
        self.centre = Conv(head, 1, 1, bias=True)
        self.sides = Conv(head, 4, 1, bias=True)
        nn.init.constant_(self.centre.bias, -torch.tensor((1 - PRIOR) / PRIOR).log().item())
        nn.init.constant_(self.sides.bias, 1.0)
        for last in (self.centre, self.sides):
            nn.init.normal_(last.weight, std=0.02)

    def forward(self, x):
        """x [N, 3, 320, 320], what normalise() returns. Returns centre [N, 1, 40, 40] logits and sides [N, 4, 40, 40] (left, top,
        right, bottom), both float32: bfloat16 would blur them."""
        seen = self.head(self.tower(self.neck(self.bank(x)[1]))).float()
        return self.centre(seen), self.sides(seen)


def from_cascade(state):
    """The cascade's tensors under the detector's names: {name: array} of training/state/state.npz -> the same."""
    names = {'coarse.bank0.': 'bank.', 'coarse.context.': 'neck.'}
    return {new + k[len(old):]: state[k] for k in state for old, new in names.items() if k.startswith(old)}


def normalise(pixels):
    """uint8 [N, 320, 320, 3] RGB -> [N, 3, 320, 320] float32."""
    return ((pixels.float() / 255 - MEAN) / STD).permute(0, 3, 1, 2)


_VALUES = ((torch.arange(256) / 255 - MEAN) / STD).to(ON_CPU)


def normalise_for_training(pixels):
    """The same in the precision to train in: a table of 256 values, channels last in memory."""
    return _VALUES[pixels.long()].permute(0, 3, 1, 2)


def boxes(sides):
    """sides [N, 4, 40, 40] -> boxes [N, 4, 40, 40]: x0, y0, x1, y1 in px of the input."""
    middle = (torch.arange(sides.shape[-1], dtype=sides.dtype) + 0.5) * STRIDE
    reach = sides.clamp(-4, 4).exp() * STRIDE
    x, y = middle[None, None, :], middle[None, :, None]
    return torch.stack([x - reach[:, 0], y - reach[:, 1], x + reach[:, 2], y + reach[:, 3]], 1)
