/**
 * Loaded into a process, and each of its threads, before anything else (`node --require`): every attempt to use the network from JavaScript is
 * written to the file `KENNING_NETWORK_LOG` and fails. Native code is watched from outside of it: a socket of a network
 * that this process holds, as the kernel lists them, is written down as well.
 */
const { appendFileSync, readFileSync, readdirSync, readlinkSync } = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');
const { isMainThread } = require('node:worker_threads');

const SAMPLE_MS = 10;

const note = (line) => appendFileSync(process.env.KENNING_NETWORK_LOG, `${line}\n`);

function deny(owner, names, label) {
  for (const name of names) {
    if (typeof owner[name] !== 'function') continue;
    const denied = (...args) => {
      note(`attempt ${label}.${name} ${String(args[0]?.href ?? args[0]?.host ?? args[0])}`);
      throw new Error(`${label}.${name} is denied in this test`);
    };
    Object.defineProperty(owner, name, { value: denied, writable: true, configurable: true });
  }
}

const net = require('node:net');
const dgram = require('node:dgram');
const dns = require('node:dns');
const lookups = (owner) => Object.keys(owner).filter((name) => /^(lookup|resolve|reverse)/.test(name));
deny(net, ['connect', 'createConnection'], 'net');
deny(net.Socket.prototype, ['connect'], 'Socket');
deny(net.Server.prototype, ['listen'], 'Server');
deny(dgram, ['createSocket'], 'dgram');
deny(dgram.Socket.prototype, ['bind', 'connect', 'send'], 'datagram');
deny(dns, lookups(dns), 'dns');
deny(dns.promises, lookups(dns.promises), 'dns.promises');
deny(require('node:tls'), ['connect'], 'tls');
deny(require('node:http'), ['request', 'get'], 'http');
deny(require('node:https'), ['request', 'get'], 'https');
deny(require('node:http2'), ['connect'], 'http2');
deny(globalThis, ['fetch', 'WebSocket', 'EventSource'], 'global');
syncBuiltinESMExports();

/** Inodes that the kernel lists in `/proc/net` under these names, in the given column. Slow: tens of milliseconds. */
function inodesOf(kinds, column) {
  const rows = kinds.flatMap((kind) => {
    try {
      return readFileSync(`/proc/self/net/${kind}`, 'utf8').trim().split('\n').slice(1);
    } catch {
      return [];
    }
  });
  return new Set(rows.map((row) => row.trim().split(/\s+/)[column]));
}

function ownSockets() {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${fd}`))?.[1] ?? [];
    } catch {
      return [];
    }
  });
}

/** Inodes that are judged: of the network and told, or local, as pipes to parents and children are. */
const judged = new Set();

function sample() {
  const fresh = ownSockets().filter((inode) => !judged.has(inode));
  if (fresh.length === 0) return;
  const network = inodesOf(['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6'], 9);
  const local = inodesOf(['unix'], 6);
  for (const inode of fresh) {
    if (network.has(inode)) note(`socket ${inode}`);
    // One that is bound to nothing yet is in no list, and is looked for again.
    if (network.has(inode) || local.has(inode)) judged.add(inode);
  }
}

note(`watching ${isMainThread ? process.argv[1] : 'a thread'}`);
// Sockets are the process's.
if (isMainThread && process.platform === 'linux') {
  setInterval(sample, SAMPLE_MS).unref();
  process.on('exit', sample);
}
