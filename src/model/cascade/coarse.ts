/**
 * The coarse stage: the crop through an image pyramid, one bank of convolutions a level, the banks brought to one resolution and
 * summed (paper, section 1), then a context path that sees the whole person.
 */
import * as tf from '@tensorflow/tfjs-core';
import { upAdd } from '../add';
import { conv, convolve, type Layer, residual, sequence, unit } from '../layers';
import { halve } from '../preprocess';
import type { Weights } from '../weights';

export interface CoarseFeatures {
  /** Logits of the coarse maps [people, 24, 24, 19]. */
  readonly logits: tf.Tensor4D;
  /** What the fine stage crops from: stride 4 [people, 48, 48, channels] and stride 8 [people, 24, 24, channels]. */
  readonly early: tf.Tensor4D;
  readonly late: tf.Tensor4D;
}

interface BankFeatures {
  readonly early: tf.Tensor4D;
  readonly late: tf.Tensor4D;
}

function bank(weights: Weights, name: string): (image: tf.Tensor4D) => BankFeatures {
  const early = sequence(weights, `${name}.early`);
  const late = sequence(weights, `${name}.late`);
  const out: Layer = weights.has(`${name}.out.kernel`) ? unit(weights, `${name}.out`) : (x) => x;
  return (image) => {
    const features = early(image);
    return { early: features, late: out(late(features)) };
  };
}

/** a [rows, inner] times b [inner, columns], row-major, on the CPU: a device would have to compile a shader for it. */
function multiply(a: ArrayLike<number>, b: ArrayLike<number>, inner: number): Float32Array {
  const columns = b.length / inner;
  const cell = (row: number, column: number) => {
    let sum = 0;
    for (let i = 0; i < inner; i += 1) sum += (a[row * inner + i] ?? 0) * (b[i * columns + column] ?? 0);
    return sum;
  };
  return Float32Array.from({ length: (a.length / inner) * columns }, (_, i) => cell(Math.floor(i / columns), i % columns));
}

/**
 * relu(x + feedback(first(x))), where `first` makes the first maps and `feedback` takes them back to features: both linear and 1x1, so
 * together one 1x1 convolution, with the identity added for x itself. One dispatch where there would be four.
 */
export function feedbackLayer(weights: Weights) {
  const first = weights.take('coarse.first.kernel', tf.Rank.R4);
  const back = weights.take('coarse.feedback.kernel', tf.Rank.R4).dataSync();
  const [, , width, maps] = first.shape;
  const kernel = multiply(first.dataSync(), back, maps).map((value, i) => (i % (width + 1) === 0 ? value + 1 : value));
  const shift = weights.take('coarse.feedback.bias', tf.Rank.R1).dataSync();
  const bias = multiply(weights.take('coarse.first.bias', tf.Rank.R1).dataSync(), back, maps).map(
    (value, i) => value + (shift[i] ?? 0),
  );
  return { name: 'coarse.feedback(first)', width, kernel, bias };
}

function feedback(weights: Weights): Layer {
  const { name, width, kernel, bias } = feedbackLayer(weights);
  return convolve(
    weights,
    name,
    weights.keep(`${name}.kernel`, tf.tensor4d(kernel, [1, 1, width, width])),
    weights.keep(`${name}.bias`, tf.tensor1d(bias)),
    { relu: true },
  );
}

/** Down to 12 x 12 and 6 x 6 cells and back, with skips. */
function context(weights: Weights, name: string): Layer {
  const down1 = sequence(weights, `${name}.down1`);
  const down2 = sequence(weights, `${name}.down2`);
  const up2 = unit(weights, `${name}.up2`);
  const mix1 = residual(weights, `${name}.mix1`);
  const up1 = unit(weights, `${name}.up1`);
  const mix0 = residual(weights, `${name}.mix0`);
  return (x) => {
    const half = down1(x);
    return mix0(upAdd(x, up1(mix1(upAdd(half, up2(down2(half)))))));
  };
}

/** Takes its weights; the stage runs in a tidy of the caller's, on normalised crops [people, 192, 192, 3]. */
export function coarseStage(weights: Weights): (image: tf.Tensor4D) => CoarseFeatures {
  const bank0 = bank(weights, 'coarse.bank0');
  const bank1 = bank(weights, 'coarse.bank1');
  const bank2 = bank(weights, 'coarse.bank2');
  const through = feedback(weights);
  const around = context(weights, 'coarse.context');
  const head = unit(weights, 'coarse.head');
  const maps = conv(weights, 'coarse.maps');
  const lateral = unit(weights, 'coarse.lateral');
  return (image) => {
    const half = halve(image);
    const fine = bank0(image);
    const middle = bank1(half);
    const { late: rough } = bank2(halve(half));
    const context = around(through(upAdd(fine.late, upAdd(middle.late, rough))));
    return { logits: maps(head(context)), early: fine.early, late: tf.concat([middle.early, lateral(context)], 3) };
  };
}
