import { expect, it } from 'vitest';
import { collectBlob, collectText } from './collect';

const bytes = (text: string) => new TextEncoder().encode(text);
const streamOf = (chunks: readonly Uint8Array<ArrayBuffer>[], error?: Error) =>
  new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => {
      const chunk = chunks[given];
      given += 1;
      if (chunk) controller.enqueue(chunk);
      else if (error) controller.error(error);
      else controller.close();
    },
    start: () => {
      given = 0;
    },
  });
let given = 0;

it('joins chunks, even if a character is split between two of them', async () => {
  const [head, tail] = [bytes('zwei ü').slice(0, 6), bytes('ü').slice(1)];
  expect(await collectText(streamOf([head, tail]))).toBe('zwei ü');
  const large = new Uint8Array(2 ** 22).fill(65);
  const blob = await collectBlob(streamOf([large, bytes('b'), large]));
  expect([blob.size, await blob.slice(2 ** 22 - 1, 2 ** 22 + 2).text()]).toEqual([2 ** 23 + 1, 'AbA']);
});

it("rejects with the stream's own error", async () => {
  const error = new RangeError('more than 1 byte');
  await expect(collectBlob(streamOf([bytes('a')], error))).rejects.toBe(error);
  await expect(collectText(streamOf([bytes('a')], error))).rejects.toBe(error);
});
