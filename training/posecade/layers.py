"""Convolution, batch norm and upsampling as they are trained here: activations in bfloat16 where the processor has instructions for it
(precision.py), weights, statistics and gradients of weights in float32. On a CPU training goes through our own kernels, on a GPU
through PyTorch's operations. Outside training everything is plain float32."""
import torch
from torch import nn
from torch.nn import functional as F

from .kernels import call, lay


def own(x):
    """Whether our kernels take x: on a CPU, where gradients are wanted."""
    return x.device.type == 'cpu' and torch.is_grad_enabled()


class Conv(nn.Conv2d):
    def __init__(self, inputs, outputs, kernel, stride=1, bias=False):
        super().__init__(inputs, outputs, kernel, stride, kernel // 2, bias=bias)
        nn.init.kaiming_normal_(self.weight, mode='fan_in', nonlinearity='relu')
        if bias:
            nn.init.zeros_(self.bias)

    def forward(self, x):
        bias = None if self.bias is None else self.bias.to(x.dtype)
        return F.conv2d(x, self.weight.to(x.dtype), bias, self.stride, self.padding)


class _NormRelu(torch.autograd.Function):
    """relu(batch_norm(x) + residual) with the batch's own statistics; also returns the mean and the variance."""

    @staticmethod
    def forward(context, x, weight, bias, residual, eps):
        x = lay(x)
        residual = None if residual is None else lay(residual)
        n, width, height, breadth = x.shape
        rows = n * height * breadth
        total, square = torch.empty(2, width, dtype=torch.float64)
        call(x.dtype, 'norm_sums', x, rows, width, total, square)
        mean = total / rows
        variance = (square / rows - mean * mean).clamp(min=0)
        inverse = (variance + eps).rsqrt().float()
        mean, variance = mean.float(), variance.float()
        scale = weight.detach() * inverse
        shift = bias.detach() - mean * scale
        y = torch.empty_like(x)
        call(x.dtype, 'norm_apply', x, residual, rows, width, scale, shift, y)
        context.save_for_backward(x, y, mean, inverse, scale)
        context.residual = residual is not None
        context.mark_non_differentiable(mean, variance)
        return y, mean, variance

    @staticmethod
    def backward(context, dy, *_):
        x, y, mean, inverse, scale = context.saved_tensors
        dy = lay(dy)
        n, width, height, breadth = x.shape
        rows = n * height * breadth
        total, product = torch.empty(2, width, dtype=torch.float64)
        call(x.dtype, 'norm_back_sums', x, y, dy, rows, width, total, product)
        dbias = total.float()
        dweight = ((product - mean * total) * inverse).float()
        slope = -scale * dweight * inverse / rows
        shift = -scale * dbias / rows - slope * mean
        dx = torch.empty_like(x)
        dresidual = torch.empty_like(x) if context.residual else None
        call(x.dtype, 'norm_back_apply', x, y, dy, rows, width, scale, slope, shift, dx, dresidual)
        return dx, dweight, dbias, dresidual, None


class BatchNormRelu(nn.Module):
    """Batch norm, plus a residual where one is given, then ReLU. zero: the scale starts at zero, so that a residual block
    starts as identity."""

    def __init__(self, width, zero=False):
        super().__init__()
        self.norm = nn.BatchNorm2d(width, momentum=0.05)
        if zero:
            nn.init.zeros_(self.norm.weight)

    def forward(self, x, residual=None):
        norm = self.norm
        if not (self.training and own(x)):
            y = norm(x)
            return torch.relu(y if residual is None else y + residual)
        y, mean, variance = _NormRelu.apply(x, norm.weight, norm.bias, residual, norm.eps)
        with torch.no_grad():
            norm.running_mean.lerp_(mean, norm.momentum)
            norm.running_var.lerp_(variance, norm.momentum)
        return y


class _UpAdd(torch.autograd.Function):
    @staticmethod
    def forward(context, big, small):
        big, small = lay(big), lay(small)
        n, width, height, breadth = small.shape
        out = torch.empty_like(big)
        call(big.dtype, 'up_add', big, small, n * height, breadth, width, out)
        return out

    @staticmethod
    def backward(context, d):
        d = lay(d)
        n, width, height, breadth = d.shape
        small = torch.empty((n, width, height // 2, breadth // 2), dtype=d.dtype, memory_format=torch.channels_last)
        call(d.dtype, 'up_back', d, n * height // 2, breadth // 2, width, small)
        return d, small


def up_add(big, small):
    """big + small, small brought to twice its size by nearest neighbour (exact in every framework)."""
    if own(big):
        return _UpAdd.apply(big, small)
    return big + small.repeat_interleave(2, 2).repeat_interleave(2, 3)  # CUDA's own upsampling takes no bfloat16 before PyTorch 2.1


class _Crops(torch.autograd.Function):
    @staticmethod
    def forward(context, features, corners, size):
        features, corners = lay(features), corners.contiguous()
        n, width, side, _ = features.shape
        out = torch.empty((n * corners.shape[1], width, size, size), dtype=features.dtype, memory_format=torch.channels_last)
        call(features.dtype, 'crops', features, corners, n, corners.shape[1], side, size, width, out)
        context.save_for_backward(corners)
        context.side, context.size = side, size
        return out

    @staticmethod
    def backward(context, d):
        corners, = context.saved_tensors
        d, (n, joints) = lay(d), corners.shape[:2]
        width, side = d.shape[1], context.side
        out = torch.empty((n, width, side, side), dtype=d.dtype, memory_format=torch.channels_last)
        call(d.dtype, 'crops_back', d, corners, n, joints, side, context.size, width, out)
        return out, None, None


def gather(features, corners, size):
    """Crops of size x size cells, one a joint, zeros outside: [N, C, H, H] and corners [N, J, 2] (column, row; they reach at most
    size // 2 cells out of the features) -> [N * J, C, size, size]."""
    if own(features):
        return _Crops.apply(features, corners, size)
    n, c, h, w = features.shape
    pad = size // 2
    padded = F.pad(features, (pad, pad, pad, pad)).permute(0, 2, 3, 1).reshape(n * (h + 2 * pad) * (w + 2 * pad), c)
    step = torch.arange(size, device=features.device)
    columns = corners[..., 0, None] + pad + step
    rows = corners[..., 1, None] + pad + step
    image = torch.arange(n, device=features.device).view(n, 1, 1, 1) * (h + 2 * pad)
    index = (image + rows[..., :, None]) * (w + 2 * pad) + columns[..., None, :]
    return padded.index_select(0, index.reshape(-1)).view(-1, size, size, c).permute(0, 3, 1, 2)


class _Dots(torch.autograd.Function):
    @staticmethod
    def forward(context, x, weight):
        x, weight = x.contiguous(), weight.contiguous()
        out = torch.empty(x.shape[:3], dtype=torch.float32)
        call(x.dtype, 'dots', x, weight, *x.shape, out)
        context.save_for_backward(x, weight)
        return out

    @staticmethod
    def backward(context, d):
        x, weight = context.saved_tensors
        dx, dweight = torch.empty_like(x), torch.zeros_like(weight)
        call(x.dtype, 'dots_back', x, weight, d.contiguous(), *x.shape, dx, dweight)
        return dx, dweight


def own_dots(x, weight):
    """Each joint's own 1x1: x [N, J, P, C], weight [J, C] -> [N, J, P] in float32."""
    return _Dots.apply(x, weight) if own(x) else torch.matmul(x.float(), weight[..., None]).squeeze(-1)
