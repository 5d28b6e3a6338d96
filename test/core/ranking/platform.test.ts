import { describe, expect, test } from 'vitest';
import { kindsOn, otherPlatform, platformsAsked, platformWords } from '../../../src/core/ranking/platform.ts';

const TREE = ['src/unix/core.c', 'src/unix/linux.c', 'src/unix/darwin.c', 'src/win/core.c', 'src/uv.c'];
const GO = ['os/exec_unix.go', 'os/exec_windows.go', 'os/exec_darwin.go'];

function others(paths: readonly string[], platform: string, question = ''): string[] {
  const wanted = new Set([...kindsOn(platform), ...platformsAsked(question)]);
  const isOther = otherPlatform(paths.map(platformWords), wanted);
  return paths.filter((path) => isOther(platformWords(path)));
}

describe('files of another platform', () => {
  test.each([
    ['on Linux', 'linux', ['src/unix/darwin.c', 'src/win/core.c']],
    ['on Windows', 'win32', ['src/unix/core.c', 'src/unix/linux.c', 'src/unix/darwin.c']],
    ['on macOS', 'darwin', ['src/unix/linux.c', 'src/win/core.c']],
    ['on another Unix', 'freebsd', ['src/win/core.c']],
  ])('by folder and file, %s', (_, platform, expected) => {
    expect(others(TREE, platform)).toEqual(expected);
  });

  test('by the end of a file name', () => {
    expect(others(GO, 'linux')).toEqual(['os/exec_windows.go', 'os/exec_darwin.go']);
  });

  test('are as good as others where the question names their platform', () => {
    expect(others(TREE, 'linux', 'how does Windows start a process')).toEqual(['src/unix/darwin.c']);
  });

  test.each([
    [['src/windows/main.ts', 'src/tabs/main.ts']],
    [['src/win/core.c', 'lib/unix/core.c']],
    [['src/window/core.c', 'src/unix/core.c', 'src/darwinism.c']],
  ])('are none where nothing stands in their place for this one: %j', (paths) => {
    expect(others(paths, 'linux')).toEqual([]);
  });
});
