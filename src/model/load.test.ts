import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { readModel } from '../../cli/node';
import { checkContract } from './cascade/contract';
import { fetchContract, fetchWeights } from './load';

const never = new AbortController().signal;
const model = await readModel('public/models/cascade');
const contract = checkContract(model.json);
const small = { ...contract.weights, bytes: 1000 };
let server: Server | undefined;

/** Serves a folder with `answer`; returns its address. */
async function serve(answer: RequestListener): Promise<string> {
  const started = createServer(answer).listen(0, '127.0.0.1');
  server = started;
  await new Promise((resolve) => started.once('listening', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/model/`;
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

it('loads a contract and its weights, and reports the number of bytes received so far', async () => {
  let sendRest = () => {};
  const folder = await serve((request, response) => {
    if (request.url === '/model/contract.json') response.end(JSON.stringify(model.json));
    else if (request.url !== '/model/weights.bin') response.writeHead(404).end();
    else {
      response.write(Buffer.alloc(600, 1));
      sendRest = () => response.end(Buffer.alloc(400, 2));
    }
  });
  expect(await fetchContract(never, `${folder}contract.json`)).toEqual(contract);
  const progress: [number, number][] = [];
  const onProgress = (loaded: number, total: number) => {
    progress.push([loaded, total]);
    if (loaded === 600) sendRest();
  };
  const bytes = new Uint8Array(await fetchWeights(never, `${folder}weights.bin`, small, onProgress));
  expect([bytes.length, bytes[599], bytes[600]]).toEqual([1000, 1, 2]);
  expect(progress).toContainEqual([600, 1000]);
  expect([progress[0], progress.at(-1)]).toEqual([
    [0, 1000],
    [1000, 1000],
  ]);
});

it.each<[string, RequestListener, string]>([
  ['is missing', (_, response) => response.writeHead(404).end(), 'weights-unreachable'],
  [
    'is cut off',
    (_, response) => response.writeHead(200, { 'content-length': 1000 }).write('x', () => response.destroy()),
    'weights-unreachable',
  ],
  ['is too long', (_, response) => response.end(Buffer.alloc(1001)), 'weights-damaged'],
])('reports it when the weights file %s', async (_, answer, code) => {
  const folder = await serve(answer);
  await expect(fetchWeights(never, `${folder}weights.bin`, small, () => undefined)).rejects.toMatchObject({
    name: 'ModelError',
    code,
  });
});

it('downloads no more of a file that is too long', async () => {
  let closed: Promise<unknown> | undefined;
  const folder = await serve((_, response) => {
    closed = new Promise((resolve) => response.once('close', resolve));
    response.write(Buffer.alloc(1001)); // and more would follow
  });
  await expect(fetchWeights(never, `${folder}weights.bin`, small, () => undefined)).rejects.toMatchObject({
    code: 'weights-damaged',
  });
  await closed;
});

it('reports a server that answers with its start page, or that does not answer', async () => {
  const folder = await serve((_, response) => response.end('<!doctype html>'));
  await expect(fetchContract(never, `${folder}contract.json`)).rejects.toMatchObject({ code: 'weights-unreachable' });
  await expect(fetchContract(never, 'http://127.0.0.1:1/')).rejects.toMatchObject({ code: 'weights-unreachable' });
});

it('reports a truncated contract', async () => {
  const folder = await serve((_, response) =>
    response.writeHead(200, { 'content-length': 1000 }).write('{', () => response.destroy()),
  );
  const loading = fetchContract(never, `${folder}contract.json`);
  await expect(loading).rejects.toMatchObject({ name: 'ModelError', code: 'weights-unreachable' });
});

it('stops when aborted', async () => {
  const folder = await serve((_, response) => response.write(Buffer.alloc(10)));
  const controller = new AbortController();
  const loading = fetchWeights(controller.signal, `${folder}weights.bin`, small, (loaded) => {
    if (loaded === 10) controller.abort('enough');
  });
  await expect(loading).rejects.toBe('enough');
});

it("takes the browser's copy if the server cannot be asked whether it is current", async () => {
  const asked: unknown[] = [];
  vi.stubGlobal('fetch', async (_: string, { cache }: RequestInit) => {
    asked.push(cache);
    if (cache === 'no-cache') throw new TypeError('Failed to fetch');
    return new Response('{"format": "kept"}');
  });
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  expect(await fetchContract(never, 'https://example.org/contract.json')).toEqual({ format: 'kept' });
  expect(asked).toEqual(['no-cache', 'force-cache']);
});
