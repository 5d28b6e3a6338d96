/**
 * Loaded into a process before anything else (`node --require`): each path that JavaScript gives to the file system is
 * written to the file `KENNING_FILES_LOG`, as `["open", path, the path with its links resolved]`. What native code opens is
 * not seen: that is SQLite, in the storage folder.
 */
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');
const { basename, dirname, join, resolve } = require('node:path');
const { fileURLToPath } = require('node:url');

const log = fs.openSync(process.env.KENNING_FILES_LOG, 'a');
const { writeSync, realpathSync } = fs;
const realpath = realpathSync.native;

function note(name, path, flags) {
  if (typeof path === 'number' || path === undefined || path === null) return;
  const text = path instanceof URL ? fileURLToPath(path) : path.toString();
  let real = null;
  try {
    const isFollowed = typeof flags !== 'number' || (flags & fs.constants.O_NOFOLLOW) === 0;
    real = isFollowed ? realpath(text) : join(realpath(dirname(text)), basename(text));
  } catch {
    // It is not there, or goes in circles.
  }
  writeSync(log, `${JSON.stringify([name, resolve(text), real])}\n`);
}

/** What looks only, and what follows nothing. */
const LOOKS =
  /^(?:l?stat|l?statSync|access|accessSync|existsSync|exists|readlink|readlinkSync|realpath|realpathSync|statfs|statfsSync)$/;
const NO_PATH =
  /^(?:f[a-z]+(?:Sync)?|close|closeSync|read|readSync|readv|readvSync|write|writeSync|writev|writevSync|constants|promises|_.*)$/;

function watch(owner) {
  for (const [name, original] of Object.entries(owner)) {
    if (typeof original !== 'function' || /^[A-Z]/.test(name) || NO_PATH.test(name)) continue;
    owner[name] = Object.assign(function watched(...args) {
      note(LOOKS.test(name) ? 'look' : name, args[0], /^open/.test(name) ? args[1] : undefined);
      if (/^(?:rename|link|copyFile|cp|symlink)/.test(name)) note(name, args[1]);
      return original.apply(this, args);
    }, original);
  }
}

watch(fs);
watch(fs.promises);
syncBuiltinESMExports();
note('watching', process.argv[1]);
