"""The cascade's network. Shapes are NCHW; coordinates are pixel-edge (cell i of stride s has its centre at (i + 0.5) * s).

A crop of 192 px goes through an image pyramid (192, 96, 48), one bank of convolutions a level, each to an eighth of its
level's size; the banks are brought to 24 x 24 cells and summed (paper, section 1). First maps are read there; they and the
sum go through a context path down to 6 x 6 cells (it sees the whole person), and the coarse maps are read after it.
The fine stage sees crops of the shared features around each coarse peak (paper, section 2).
"""
import torch
from torch import nn
from torch.nn import functional as F

from .kernels import call
from .layers import BatchNormRelu, Conv, gather, own_dots, up_add
from .precision import ON_CPU
from .skeleton import COUNT

INPUT, COARSE, STRIDE, FINE_STRIDE = 192, 24, 8, 4
MEAN, STD = 0.45, 0.25
CROP = 5  # cells of stride 8 on a side of a fine crop; twice as many of stride 4
FINE = 2 * CROP
REACH = 4.0  # how far below its peak the fine stage still reads a coarse map, in logits


class Unit(nn.Module):
    """Convolution, batch norm, ReLU."""

    def __init__(self, inputs, outputs, kernel=3, stride=1):
        super().__init__()
        self.conv = Conv(inputs, outputs, kernel, stride)
        self.norm = BatchNormRelu(outputs)

    def forward(self, x):
        return self.norm(self.conv(x))


class Residual(nn.Module):
    """x + 1x1(3x3(x)), narrow inside: two operations, so two dispatches on a GPU where a bottleneck takes three."""

    def __init__(self, width, inner):
        super().__init__()
        self.reduce = Unit(width, inner)
        self.expand = Conv(inner, width, 1)
        self.norm = BatchNormRelu(width, zero=True)

    def forward(self, x):
        return self.norm(self.expand(self.reduce(x)), x)


def chain(width, inner, count):
    return nn.Sequential(*[Residual(width, inner) for _ in range(count)])


class Bank(nn.Module):
    """One pyramid level: to stride 4 (the early features that the fine stage shares), then to stride 8."""

    def __init__(self, width, inner, depth, out):
        super().__init__()
        self.early = nn.Sequential(Unit(3, 32, 3, 2), Unit(32, 48, 3, 2), Residual(48, 24))
        self.late = nn.Sequential(Unit(48, width, 3, 2), *chain(width, inner, depth))
        self.out = Unit(width, out, 1) if width != out else nn.Identity()

    def forward(self, x):
        early = self.early(x)
        return early, self.out(self.late(early))


class Context(nn.Module):
    """Down to 12 x 12 and 6 x 6 cells and back, with skips: the path that sees the whole person."""

    def __init__(self, width):
        super().__init__()
        self.down1 = nn.Sequential(Unit(width, 128, 3, 2), Residual(128, 48))
        self.down2 = nn.Sequential(Unit(128, 192, 3, 2), *chain(192, 64, 3))
        self.up2 = Unit(192, 128, 1)
        self.mix1 = Residual(128, 48)
        self.up1 = Unit(128, width, 1)
        self.mix0 = Residual(width, 32)

    def forward(self, x):
        """Returns the features [N, width, 24, 24], and the deepest [N, 192, 6, 6]."""
        half = self.down1(x)
        quarter = self.down2(half)
        half = self.mix1(up_add(half, self.up2(quarter)))
        return self.mix0(up_add(x, self.up1(half))), quarter


class Coarse(nn.Module):
    """Crop -> first maps, coarse maps (logits), and the features that the fine stage crops."""

    def __init__(self, width=96, dropout=0.1):
        super().__init__()
        self.bank0 = Bank(96, 32, 2, width)
        self.bank1 = Bank(128, 48, 2, width)
        self.bank2 = Bank(192, 64, 3, width)
        self.dropout = nn.Dropout2d(dropout)  # SpatialDropout: whole feature maps are dropped
        self.first = Conv(width, COUNT, 1, bias=True)
        self.feedback = Conv(COUNT, width, 1)
        self.feedback_norm = BatchNormRelu(width)
        self.context = Context(width)
        self.head = Unit(width, width, 1)
        self.maps = Conv(width, COUNT, 1, bias=True)
        self.lateral = Unit(width, 48, 1)

    def forward(self, levels):
        """levels: what pyramid() returns. Returns a dict: first, maps [N, 19, 24, 24] logits; early [N, 48, 48, 48];
        late [N, 96, 24, 24]; deepest [N, 192, 6, 6]. Logits are float32 throughout: bfloat16 would blur them."""
        early0, bank0 = self.bank0(levels[0])
        early1, bank1 = self.bank1(levels[1])
        _, bank2 = self.bank2(levels[2])
        banks = self.dropout(up_add(bank0, up_add(bank1, bank2)))
        first = self.first(banks.float())
        seen, deepest = self.context(self.feedback_norm(self.feedback(first.to(banks.dtype)), banks))
        return dict(first=first, maps=self.maps(self.head(seen).float()), early=early0,
                    late=torch.cat([early1, self.lateral(seen)], 1), deepest=deepest)


class Fine(nn.Module):
    """Crops of the shared features -> fine maps. The convolutions are the same for all joints (siamese); only the last 1x1 is a
    joint's own (paper, section 2). That one also reads the joint's coarse map in the crop, so it corrects what is known.

    The maps learn from targets that have a width (codec.SIGMA), which makes them wider than the joint's real uncertainty. So the
    position is read from sharper maps: softmax of sharpness * logits. fold() makes that a part of the weights."""

    sharpness = 2.0

    def __init__(self, width=32, features=64):
        super().__init__()
        self.level0 = Conv(48, width, 3)
        self.level1 = Conv(96, width, 3)
        self.norm = BatchNormRelu(width)
        self.mix = Unit(width, width)
        self.expand = Unit(width, features, 1)
        self.private = nn.Parameter(torch.zeros(COUNT, features + 1))
        nn.init.ones_(self.private[:, -1])

    def features(self, early, late, cells):
        """Crops of the two scales around cells: [N * 19, 48, 10, 10] and [N * 19, 96, 5, 5]."""
        return gather(early, cells * 2 - 2 * (CROP // 2), FINE), gather(late, cells - CROP // 2, CROP)

    def forward(self, early, late, maps, cells):
        """early [N, 48, 48, 48], late [N, 96, 24, 24], maps [N, 19, 24, 24] coarse logits, cells [N, 19, 2] long: column and row
        of each joint's crop. Returns logits [N, 19, 10, 10]; cell 0 starts at ((column - 2) * 8, (row - 2) * 8) px of the crop."""
        n = cells.shape[0]
        fine, rough = self.features(early, late, cells)
        x = up_add(self.level0(fine), self.level1(rough))
        x = self.expand(self.mix(self.norm(x)))
        x = x.permute(0, 2, 3, 1).reshape(n, COUNT, FINE * FINE, -1)
        known = evidence(maps, cells).view(n, COUNT, FINE * FINE) * self.private[:, -1:]
        return (own_dots(x, self.private[:, :-1]) + known).view(n, COUNT, FINE, FINE)


def evidence(maps, cells):
    """What each joint's coarse logits [N, 19, 24, 24] say in its crop: their height above (peak - REACH), zero below and outside
    the crop, brought bilinearly to the fine map's cells: [N * 19, 1, 10, 10]. No gradient: the coarse maps answer to E1 alone."""
    flat = maps.detach().reshape(-1, 1, COARSE, COARSE)
    height = torch.relu(flat - flat.amax((2, 3), keepdim=True) + REACH)
    crops = gather(height, cells.reshape(-1, 1, 2) - CROP // 2, CROP)
    return F.interpolate(crops, scale_factor=2, mode='bilinear', align_corners=False)


class Cascade(nn.Module):
    def __init__(self, dropout=0.1):
        super().__init__()
        self.coarse = Coarse(dropout=dropout)
        self.fine = Fine()


def pyramid(pixels):
    """uint8 [N, 192, 192, 3] RGB -> three levels [N, 3, 192 | 96 | 48, the same], normalised, float32; each the 2 x 2 means of
    the one before."""
    full = ((pixels.float() / 255 - MEAN) / STD).permute(0, 3, 1, 2)
    half = F.avg_pool2d(full, 2)
    return full, half, F.avg_pool2d(half, 2)


_VALUES = (torch.arange(256) / 255 - MEAN) / STD


def pyramid_for_training(pixels):
    """The same, channels last and in the precision to train in; on a CPU by a kernel of our own, ten times as fast."""
    if pixels.device.type != 'cpu':
        return [level.to(torch.bfloat16, memory_format=torch.channels_last) for level in pyramid(pixels)]
    n, size = pixels.shape[:2]
    levels = [torch.empty(n, size >> k, size >> k, 3, dtype=ON_CPU) for k in range(3)]
    call(ON_CPU, 'pyramid', pixels, n, size, _VALUES, *levels)
    return [level.permute(0, 3, 1, 2) for level in levels]
