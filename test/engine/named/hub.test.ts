/** The hub, played by a server on this machine: what is asked for, once and never again, and what its failures say. */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { KenningError } from '../../../src/core/errors.ts';
import { loadNamedStudent } from '../../../src/engine/named/named-student.ts';
import { temporaryFolder } from '../temporary.ts';
import { TINY_NAMED } from './models.ts';

const COMMIT = 'c0ffee';
let storageDir: string;
const servers: Server[] = [];

beforeEach(() => {
  storageDir = temporaryFolder();
});
afterEach(() => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) server.close();
});

/** The status of the answer; null: it has answered by itself; undefined: whether the file is there decides. */
type Answer = (file: string, response: ServerResponse) => number | null | undefined;

/** Answers `/owner/tiny/resolve/<revision>/<file>` from the fixture; `answer` may speak first. The list grows with what is asked. */
async function hub(answer: Answer = () => undefined): Promise<string[]> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    const [, revision, file] = /^\/owner\/tiny\/resolve\/(\w+)\/(.+)$/.exec(request.url!) ?? [];
    const path = file && join(TINY_NAMED, file);
    const known = path && ['main', COMMIT].includes(revision!) && existsSync(path) && statSync(path).isFile();
    const said = answer(file ?? '', response);
    if (said === null) return;
    const status = said ?? (known ? 200 : 404);
    response.writeHead(status, { 'x-repo-commit': COMMIT });
    response.end(status === 200 ? readFileSync(path!) : 'no');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('HF_ENDPOINT', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return asked;
}

/** An address of this machine where nobody listens any more. */
async function offline(): Promise<string> {
  await hub();
  await new Promise((resolve) => servers.pop()!.close(resolve));
  return process.env.HF_ENDPOINT!.replace(/\/$/, '');
}

async function moon(name: string): Promise<readonly number[]> {
  const student = await loadNamedStudent({ name, folder: temporaryFolder(), storageDir });
  onTestFinished(() => student.dispose());
  return [...(await student.embedQuery('phase of the moon'))];
}

describe('a model of the hub', () => {
  test('is fetched at one commit, gives what its folder gives, and is never asked for again', async () => {
    const asked = await hub();
    expect(await moon('owner/tiny')).toEqual(await moon(TINY_NAMED));
    expect(asked[0]).toBe('/owner/tiny/resolve/main/config.json');
    expect(asked.slice(1).every((url) => url.startsWith(`/owner/tiny/resolve/${COMMIT}/`))).toBe(true);
    const count = asked.length;
    await moon('owner/tiny');
    await offline();
    await moon('owner/tiny');
    expect(asked).toHaveLength(count);
  });

  test('is fetched once for two that want it at the same time', async () => {
    const asked = await hub();
    const [one, other] = await Promise.all([moon('owner/tiny'), moon('owner/tiny')]);
    expect(one).toEqual(other);
    expect(new Set(asked).size).toBe(asked.length);
  });

  test('that could not be fetched is asked for again', async () => {
    let isDown = true;
    await hub(() => (isDown ? 500 : undefined));
    await expect(moon('owner/tiny')).rejects.toMatchObject({ code: 'model-unavailable' });
    isDown = false;
    expect(await moon('owner/tiny')).toEqual(await moon(TINY_NAMED));
  });

  test('is fetched as long as somebody wants it, then no more, and leaves no part behind', async () => {
    const hanging = Promise.withResolvers<ServerResponse>();
    const gone = Promise.withResolvers<void>();
    await hub((file, response) => {
      if (file !== 'tokenizer.json') return undefined;
      response.on('close', () => gone.resolve());
      response.writeHead(200).write('{');
      hanging.resolve(response);
      return null;
    });
    const [one, other] = [new AbortController(), new AbortController()];
    const wanted = [one, other].map(({ signal }) =>
      loadNamedStudent({ name: 'owner/tiny', folder: temporaryFolder(), storageDir, signal }),
    );
    const failed = wanted.map((student) => student.catch((error: KenningError) => error.code));
    await hanging.promise;
    one.abort();
    expect(await failed[0]).toBe('cancelled');
    expect((await hanging.promise).writableEnded || (await hanging.promise).destroyed).toBe(false);
    other.abort();
    expect(await failed[1]).toBe('cancelled');
    await gone.promise;
    await hub();
    expect(await moon('owner/tiny')).toHaveLength(20);
    expect(globSync('**/*.part', { cwd: storageDir })).toEqual([]);
  });

  test('offline is one clear sentence', async () => {
    const host = await offline();
    await expect(moon('owner/tiny')).rejects.toMatchObject({
      code: 'model-unavailable',
      message: `The model owner/tiny is not on this machine yet and could not be fetched from ${host} (ECONNREFUSED).`,
    });
  });

  test.each([401, 403, 404])('that the hub answers with %i does not exist for us', async (status) => {
    await hub(() => status);
    await expect(moon('owner/tiny')).rejects.toMatchObject({
      code: 'model-unavailable',
      message: expect.stringMatching(/^http:\S+ has no public model owner\/tiny\.$/) as string,
    });
  });

  test.each([
    ['tokenizer.json', 404, 'model-unusable', /^The model owner\/tiny cannot be used: it has no tokenizer\.json\.$/],
    [
      'onnx/model.onnx',
      404,
      'model-unusable',
      /^The model owner\/tiny cannot be used: it has no onnx\/model_quantized/,
    ],
    ['onnx/model.onnx', 503, 'model-unavailable', /answered 503 when asked for onnx\/model\.onnx of owner\/tiny\.$/],
  ])('whose %s answers %i is refused, and fetched once it is there', async (missing, status, code, message) => {
    await hub((file) => (file === missing ? status : undefined));
    await expect(moon('owner/tiny')).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
    await hub();
    expect(await moon('owner/tiny')).toHaveLength(20);
  });
});
