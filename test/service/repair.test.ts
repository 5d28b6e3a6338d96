/** Damage that the engine finds is mended by opening the folder anew; an index is checked, and the storage tidied, on request. */
import { expect, test } from 'vitest';
import { WHOLE_FOLDER } from '../../src/service/update-request.ts';
import { createBench } from './harness.ts';

test('an update that finds damage opens the folder anew, once, and goes through', async () => {
  const { client, folder, until } = createBench();
  const options = folder('a', 'date\n', { damagedUntilOpening: 2 });
  client.openFolder(options);
  client.update(options.folder, WHOLE_FOLDER);
  await until(() => client.folders[0]!.report !== null, 'mended');
  expect(client.folders[0]).toMatchObject({ activity: 'idle', error: null, status: { complete: true } });
});

test('damage that comes back is told, and not tried without end', async () => {
  const { client, folder, until } = createBench();
  const options = folder('a', 'date\n', { damagedUntilOpening: 100 });
  client.openFolder(options);
  client.update(options.folder, WHOLE_FOLDER);
  await until(() => client.folders[0]!.error !== null, 'told');
  expect(client.folders[0]).toMatchObject({ activity: 'idle', error: { message: 'damaged at opening 2' } });
  expect((await client.search({ query: 'date', limit: 5 }))?.hits).toHaveLength(1);
});

test('after one that was mended, the next damage is mended, too', async () => {
  const { client, folder, until } = createBench();
  const options = folder('a', 'date\n', { damagedUntilOpening: 2 });
  client.openFolder(options);
  client.update(options.folder, WHOLE_FOLDER);
  await until(() => client.folders[0]!.report !== null, 'mended');
  const again = folder('a', 'date\n', { damagedUntilOpening: 3, batches: 5 });
  client.update(again.folder, WHOLE_FOLDER);
  await until(() => client.folders[0]!.report?.functions === 5, 'mended again');
});

test('an index that is not sound is updated after the check, a sound one is not', async () => {
  const { client, folder, until } = createBench();
  const [sound, damaged] = [folder('a', 'date\n'), folder('b', 'date\n', { unsound: true })];
  for (const options of [sound, damaged]) client.openFolder(options);
  expect(await client.verify(sound.folder)).toMatchObject({ sound: true });
  expect(await client.verify(damaged.folder)).toMatchObject({ sound: false });
  await until(() => client.folders[1]!.report !== null, 'updated');
  expect(client.folders[0]!.report).toBe(null);
  await expect(client.verify('/elsewhere')).rejects.toMatchObject({ code: 'folder-not-found' });
});

test('the storage is tidied but for the folders that are open', async () => {
  const { client, folder, storageDir, until } = createBench();
  const options = folder('a', 'date\n');
  await expect(client.collect({ storageDir })).rejects.toMatchObject({ code: 'engine-stopped' });
  client.openFolder(options);
  await until(() => client.folders[0]!.activity === 'idle', 'open');
  const { kept } = await client.collect({ storageDir, budgetBytes: 1 });
  expect(new Set(kept.map(({ folder: path }) => path))).toEqual(new Set([options.folder]));
});
