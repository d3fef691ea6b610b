/**
 * Runs the shipped weights, or another model, on WASM and writes a prediction file: a JSON list [people][19][x, y, score].
 *
 *   npm run predict -- --crops DIR --out FILE [--limit N]    DIR/crops.u8, DIR/truth.json; in crop pixels
 *   npm run predict -- --images DIR --out FILE [--limit N]   whole images, DIR/truth.json names them; in image pixels
 *   npm run predict -- --everyone DIR --out FILE [--every N]  everybody in whole images, for training/evaluation/everyone.py;
 *                            [--peer FILE.json --side 256]  by a peer that finds many people
 *
 * --flip-test: a second pass on each person's mirror image, as the Photo and Annotate screens run it; --everyone always has it.
 * --peer FILE.json: a peer's graph model instead of the cascade (cli/peer.ts says where MoveNet's are).
 * --margin M, with --crops: side of the part of a crop that the model sees, over the longer side of the person's box; default: as in the app.
 * --limit takes every k-th person and writes { index, people }, where index says which they are.
 * --model DIR, --detector DIR: the folders of another cascade and detector.
 */
import { parseArgs } from 'node:util';
import { MARGIN } from '../src/pose/roi';
import { countOf, multipleOf } from './arguments';
import { type FindEverybody, predictEveryone, withOurs, withPeer } from './everyone';
import { predict } from './predictions';

const USAGE = `Give --out FILE and one of
  --crops DIR, and optionally --flip-test, --margin M, --limit N
  --images DIR, and optionally --flip-test, --limit N
  --everyone DIR, and optionally --every N; each person always has a flip test
and optionally --model DIR or --peer FILE.json; with --images, --detector DIR; with --everyone, --detector DIR or --peer FILE.json --side PIXELS`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      crops: { type: 'string' },
      images: { type: 'string' },
      everyone: { type: 'string' },
      every: { type: 'string' },
      detector: { type: 'string' },
      out: { type: 'string' },
      'flip-test': { type: 'boolean', default: false },
      limit: { type: 'string' },
      margin: { type: 'string' },
      model: { type: 'string' },
      peer: { type: 'string' },
      side: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const { crops, images, everyone, out, peer } = values;
  const { model = 'public/models/cascade', detector = 'public/models/detector' } = values;
  const limit = values.limit === undefined ? undefined : countOf('limit', values.limit);
  const onProgress = (done: number, total: number) => {
    if (done % 100 === 0 || done === total) console.error(`${done} of ${total}`);
  };
  if (!out || [crops, images, everyone].filter(Boolean).length !== 1) throw new Error(USAGE);
  if (peer && values.model) throw new Error(USAGE);
  if (everyone) {
    const [every, side] = [countOf('every', values.every ?? '1'), multipleOf(32, 'side', values.side ?? '256')];
    const isOfOne = limit !== undefined || values.margin !== undefined || values['flip-test'];
    if (isOfOne || (peer ? values.detector : values.side) !== undefined) throw new Error(USAGE);
    const run = (find: FindEverybody) => predictEveryone({ folder: everyone, out, find, every, onProgress });
    return peer ? withPeer(peer, side, run) : withOurs(model, detector, run);
  }
  const folder = crops ?? images;
  const flipTest = values['flip-test'];
  const margin = Number(values.margin ?? MARGIN);
  const isOfOthers = (crops ? values.detector : values.margin) !== undefined;
  if (values.every !== undefined || values.side !== undefined || isOfOthers) throw new Error(USAGE);
  if (!folder || !(margin > 0)) throw new Error(USAGE);
  const kind = crops ? 'crops' : 'images';
  const rest = { ...(limit === undefined ? {} : { limit }), ...(peer === undefined ? {} : { peer }) };
  await predict({ kind, folder, out, model, detector, flipTest, margin, onProgress, ...rest });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
