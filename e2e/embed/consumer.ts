/** A third-party page, bundled from the package alone; the tests drive it from outside. */
import { createPoseEstimator, EngineError, type Estimate, jointIndex, type Keypoint, SourceError } from 'posecade';
import { mountElement, mountReact, takeHeard } from './mount';
import { detectPoses } from './movenet';
import type { Answer, Asked } from './own-worker';

const estimator = createPoseEstimator({ backend: 'wasm', modelUrl: 'models/cascade' });

async function fetchBlob(address: string): Promise<Blob> {
  return (await fetch(address)).blob();
}

const head = ({ people }: Estimate): (Keypoint | undefined)[] => people.map(({ pose }) => pose[jointIndex('nose')]);

/** A video that shows an image for as long as the timer draws it. */
async function videoOf(address: string) {
  const bitmap = await createImageBitmap(await fetchBlob(address));
  const canvas = Object.assign(document.createElement('canvas'), { width: bitmap.width, height: bitmap.height });
  const context = canvas.getContext('2d');
  const timer = setInterval(() => context?.drawImage(bitmap, 0, 0), 30);
  const video = Object.assign(document.createElement('video'), { muted: true, srcObject: canvas.captureStream(30) });
  return { video, timer };
}

const calls = {
  mountElement,
  mountReact,
  takeHeard,

  /** Everybody's noses, and that of the person in a box around the left quarter of the same image. */
  async noses(address: string) {
    const blob = await fetchBlob(address);
    const image = new Image();
    image.src = URL.createObjectURL(blob);
    const { estimate } = await estimator;
    const [all, one] = await Promise.all([
      estimate(blob),
      estimate(image, { boxes: [{ x: 0, y: 0, width: 315, height: 520 }], flipTest: true, maps: 'all' }),
    ]);
    const [person] = one.people;
    return {
      size: [all.width, all.height],
      backend: all.backend,
      all: head(all),
      one: head(one),
      maps: [person?.coarseMaps?.length, person?.fineMaps?.length],
    };
  },

  /** The errors, by name and code, for text that claims to be an image, an aborted call, missing weights, an aborted start and an invalid box. */
  async refusals(address: string) {
    const { estimate } = await estimator;
    const nameOf = (error: unknown) =>
      error instanceof SourceError || error instanceof EngineError ? `${error.name} ${error.code}` : String(error);
    const refusal = (work: Promise<unknown>) => work.then(() => 'nothing', nameOf);
    const blob = await fetchBlob(address);
    const given = AbortSignal.abort('given up');
    return [
      await refusal(estimate(new Blob(['a text'], { type: 'image/jpeg' }))),
      await refusal(estimate(blob, { signal: given })),
      await refusal(createPoseEstimator({ modelUrl: 'nowhere/' })),
      await refusal(createPoseEstimator({ signal: given })),
      await refusal(estimate(blob, { boxes: [{ x: Number.NaN, y: 0, width: 10, height: 10 }] })),
    ];
  },

  /** The name of the error for an image from another site. */
  async ofAnotherSite(address: string) {
    const { estimate } = await estimator;
    const image = new Image();
    image.src = address;
    return estimate(image).then(
      () => 'nothing',
      (error: unknown) => (error instanceof Error ? error.name : String(error)),
    );
  },

  /** The outcome of aborting an estimate of an <img> that never loads. */
  async stopWaiting() {
    const { estimate } = await estimator;
    const image = Object.assign(new Image(), { loading: 'lazy', src: 'photo.jpg?lazy' });
    const stop = new AbortController();
    const answer = estimate(image, { signal: stop.signal }).then(() => 'nothing', String);
    stop.abort('given up');
    return answer;
  },

  /** How many people are found in an <img> whose file lacks its end. */
  async withoutEnd(address: string) {
    const { estimate } = await estimator;
    const blob = await fetchBlob(address);
    const image = new Image();
    image.src = URL.createObjectURL(blob.slice(0, blob.size - 2));
    return (await estimate(image)).people.length;
  },

  /** Three loops follow a video of the image, each until it breaks after `frames` frames with a person; a signal ends a fourth loop. */
  async follow(address: string, frames: number) {
    const { video, timer } = await videoOf(address);
    await video.play();
    const { follow } = await estimator;
    const scoresOf = async () => {
      const scores: (number | undefined)[] = [];
      for await (const { people } of follow(video, { maps: 'coarse' })) {
        const [person] = people;
        if (!person) continue; // somebody is shown from their second frame on
        scores.push(person.coarseMaps && person.pose[jointIndex('nose')]?.score);
        if (scores.length === frames) break;
      }
      return scores;
    };
    const scores = (await Promise.all([scoresOf(), scoresOf(), scoresOf()])).flat();
    const controller = new AbortController();
    let after = 0;
    for await (const _ of follow(video, { signal: controller.signal })) {
      after += 1;
      controller.abort();
    }
    clearInterval(timer);
    return { scores, after };
  },

  /** How many people are found in the one frame that a paused video shows. */
  async followPaused(address: string) {
    const { video, timer } = await videoOf(address);
    await video.play();
    await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    video.pause();
    clearInterval(timer);
    const { follow } = await estimator;
    for await (const { people } of follow(video)) return people.length;
    return 0;
  },

  /** Everybody's noses, found in the page's own worker. */
  async inOwnWorker(address: string): Promise<Answer> {
    const worker = new Worker(new URL('./own-worker.ts', import.meta.url), { type: 'module' });
    const asked: Asked = { image: await fetchBlob(address), modelUrl: new URL('models/cascade', document.baseURI).href };
    const answer = new Promise<Answer>((resolve, reject) => {
      worker.addEventListener('message', ({ data }) => resolve(data));
      worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    });
    worker.postMessage(asked);
    return answer.finally(() => worker.terminate());
  },

  /** The noses (x, y and id) that code for pose-detection's MoveNet finds in a still image, and in one passed as a video frame. */
  async asMoveNet(address: string) {
    const canvas = document.createElement('canvas');
    const bitmap = await createImageBitmap(await fetchBlob(address));
    Object.assign(canvas, { width: bitmap.width, height: bitmap.height }).getContext('2d')?.drawImage(bitmap, 0, 0);
    return detectPoses(canvas);
  },

  async dispose() {
    const { dispose, estimate } = await estimator;
    await dispose();
    return estimate(new ImageData(64, 64)).then(() => 'nothing', String);
  },
};

export type Calls = typeof calls;

Object.assign(window, { calls });
