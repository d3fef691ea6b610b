"""E = E1 + lambda E2 (paper, section 2), with cross-entropy over cells in place of the squared error: far quicker to train
(docs/decisions.md), and a map is then a distribution."""
import torch
from torch.nn import functional as F

from .codec import coarse_peak, encode, fine_position
from .model import COARSE, CROP, FINE, FINE_STRIDE, STRIDE

FIRST, LAMBDA, OFFSET = 0.4, 1.2, 1.0  # weights of the first maps, of the fine stage, of its position within E2


def coarse_loss(logits, points, status):
    """logits [N, 19, 24, 24]; points [N, 19, 2] px of the crop; status [N, 19]. Mean over joints that say something."""
    target = encode(points / STRIDE, COARSE).flatten(2)
    present, absent = (status == 1).float(), (status == 2).float()
    target = torch.cat([target * present[..., None], absent[..., None]], 2)
    log_p = F.log_softmax(F.pad(logits.float().flatten(2), (0, 1)), 2)
    return -(target * log_p).sum() / (present + absent).sum().clamp(min=1)


def fine_cells(logits, points, status):
    """Where to crop: at the coarse peak if its crop holds the truth well inside, else at a random cell near the truth. [N, 19, 2] long."""
    truth = points / STRIDE
    peak = coarse_peak(logits)
    near = ((peak + 0.5 - truth).abs() < CROP / 2 - 0.75).all(-1, keepdim=True)
    chance = (truth + (torch.rand_like(truth) - 0.5) * (CROP - 2)).floor().long().clamp(0, COARSE - 1)
    return torch.where(near | (status != 1)[..., None], peak, chance)


def fine_loss(logits, sharpness, cells, points, status):
    """logits [N, 19, 10, 10] of crops around cells. Cross-entropy, and the distance (in cells) of the expected position in the sharper map."""
    local = points / FINE_STRIDE - (cells * 2 - 2 * (CROP // 2))
    inside = ((local > 0) & (local < FINE)).all(-1) & (status == 1)
    count = inside.sum().clamp(min=1)
    log_p = F.log_softmax(logits.flatten(2), 2)
    entropy = -(encode(local, FINE).flatten(2) * log_p).sum(2)
    sharp = F.softmax(sharpness * logits.flatten(2), 2).view_as(logits)
    distance = (fine_position(sharp) - local).abs().sum(2)
    return ((entropy + OFFSET * distance) * inside).sum() / count


def losses(network, levels, points, status, with_fine):
    """Returns E and a dict of its parts."""
    out = network.coarse(levels)
    parts = dict(first=coarse_loss(out['first'], points, status), coarse=coarse_loss(out['maps'], points, status))
    total = FIRST * parts['first'] + parts['coarse']
    if with_fine:
        cells = fine_cells(out['maps'].detach().float(), points, status)
        logits = network.fine(out['early'], out['late'], out['maps'], cells)
        parts['fine'] = fine_loss(logits, network.fine.sharpness, cells, points, status)
        total = total + LAMBDA * parts['fine']
    return total, parts
