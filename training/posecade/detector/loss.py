"""Which cells stand for whom, and what they should say: after C. Feng and others, "TOOD: Task-aligned One-stage Object Detection" (2021,
arXiv 2108.07755), with as many cells per person as Z. Ge and others, "OTA" (2021, arXiv 2103.14259), would give.

A cell stands for a person if it lies near the middle of their box and is among the cells that fit them best; where that holds for several
people, it stands for the one whom its own box meets best. Its score should then be how well its box meets that person, relative to the
best such cell, so that the score ranks boxes by how right they are."""
import torch
from torch.nn import functional as F

from .model import STRIDE, boxes

SHARPNESS = 6  # of the overlap against the score, in which cells are chosen
MIDDLE = 0.25  # part of a box's width and height from its centre within which cells may stand for it
CELLS_EACH = 9  # the most cells for a person; how many they get is the rounded sum of this many best overlaps
SIDES, LOG = 2.0, 0.2  # weights of GIoU and of the logarithms' distance


def overlaps(a, b):
    """Boxes [..., 4] -> IoU and generalised IoU [...]."""
    area_a, area_b = ((x[..., 2] - x[..., 0]) * (x[..., 3] - x[..., 1]) for x in (a, b))
    both = (torch.minimum(a[..., 2:], b[..., 2:]) - torch.maximum(a[..., :2], b[..., :2])).clamp(min=0).prod(-1)
    hull = (torch.maximum(a[..., 2:], b[..., 2:]) - torch.minimum(a[..., :2], b[..., :2])).prod(-1)
    union = (area_a + area_b - both).clamp(min=1e-6)
    return both / union, both / union - (hull - union) / hull.clamp(min=1e-6)


def middles(cells):
    """Centres of the cells [cells * cells, 2], x and y in px of the input."""
    line = (torch.arange(cells, dtype=torch.float32) + 0.5) * STRIDE
    return torch.stack([line[None].expand(cells, cells), line[:, None].expand(cells, cells)], -1).reshape(-1, 2)


def allowed(known, cells):
    """known [N, P, 4] -> whether each cell may stand for each person [N, P, C]: those near the centre, and always the one at it."""
    places = middles(cells)
    centre, size = (known[..., :2] + known[..., 2:]) / 2, known[..., 2:] - known[..., :2]
    away = (places - centre[:, :, None]).abs()  # N, P, C, 2
    reach = (size * MIDDLE).clamp(min=STRIDE / 2)[:, :, None]
    return (away <= reach).all(-1)


def assign(scores, found, known):
    """scores [N, C] (0..1) and found [N, C, 4] of the cells; known [N, P, 4], nan: nobody. Returns the person that each
    cell stands for [N, C] (-1: nobody), how much it counts for them [N, C], 1 for the best, and the score that it should have [N, C]."""
    there = ~known[..., 0].isnan()
    known = torch.where(there[..., None], known, torch.zeros(()))
    may = allowed(known, round(found.shape[1] ** 0.5)) & there[..., None]
    overlap = overlaps(found[:, None], known[:, :, None])[0] * may  # N, P, C
    # The small terms order cells by overlap where scores are nought, and keep one for whom no box meets yet.
    fitness = (scores[:, None] * overlap ** SHARPNESS + 1e-9 * overlap + 1e-12) * may
    count = overlap.topk(CELLS_EACH, 2).values.sum(2).round().clamp(1, CELLS_EACH).long()  # N, P
    order = fitness.topk(CELLS_EACH, 2)
    chosen = (torch.arange(CELLS_EACH) < count[..., None]) & (order.values > 0)
    member = torch.zeros_like(may).scatter(2, order.indices, chosen)
    best, whose = torch.where(member, overlap + 1e-6, torch.zeros(())).max(1)  # N, C
    nobody = best == 0
    own = F.one_hot(whose, known.shape[1]).transpose(1, 2).bool() & ~nobody[:, None]  # N, P, C
    fitness, overlap = fitness * own, overlap * own
    share = fitness / fitness.amax(2, keepdim=True).clamp(min=1e-12)
    wanted = share * overlap.amax(2, keepdim=True)
    return torch.where(nobody, torch.full_like(whose, -1), whose), share.sum(1), wanted.sum(1)


def losses(network, x, known, weight):
    """x: what model.normalise returns; known [N, P, 5] and weight [N, 40, 40] as data.targets has them. Returns the loss and a dict of its parts."""
    logits, sides = network(x)
    known = known[:, :max(1, int((~known[..., 0].isnan()).sum(1).max()))]  # nan alone follows
    known, person = known[..., :4], known[..., 4].nan_to_num()
    found = boxes(sides).flatten(2).transpose(1, 2)  # N, C, 4
    logits, sides = logits.flatten(1), sides.flatten(2).transpose(1, 2)
    with torch.no_grad():
        whose, share, wanted = assign(torch.sigmoid(logits), found, known)
        taken = whose >= 0
        likely = person.gather(1, whose.clamp(min=0))
        wanted, share = wanted * likely, share * likely
        counts = torch.where(taken, torch.ones(()), weight.flatten(1))
        right = known.nan_to_num().gather(1, whose.clamp(min=0)[..., None].expand(-1, -1, 4))[taken]
        share = share[taken]
        places = middles(weight.shape[-1]).repeat(len(x), 1, 1)[taken]
        aims = torch.cat([places - right[:, :2], right[:, 2:] - places], 1).clamp(min=1).div(STRIDE).log()
    p = torch.sigmoid(logits)
    score = F.binary_cross_entropy_with_logits(logits, wanted, reduction='none') * (wanted - p).abs() ** 2 * counts
    every = share.sum().clamp(min=4)
    parts = dict(score=score.sum() / wanted.sum().clamp(min=4),
                 giou=((1 - overlaps(found[taken], right)[1]) * share).sum() / every,
                 log=((sides[taken] - aims).abs().mean(1) * share).sum() / every)
    return parts['score'] + SIDES * parts['giou'] + LOG * parts['log'], parts
