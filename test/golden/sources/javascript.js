// A job queue that runs a few promises at a time.
'use strict';

const { EventEmitter } = require('node:events');

const DEFAULT_LIMIT = 4;
let nextId = 1;

/**
 * Runs jobs in the order of their priority.
 *
 * @example
 * new JobQueue(2).add(() => fetchPage(url));
 */
class JobQueue extends EventEmitter {
  #waiting = [];
  static #instances = 0;
  running = 0;

  /** @param {number} limit how many jobs run at once */
  constructor(limit = DEFAULT_LIMIT) {
    super();
    this.limit = limit;
    JobQueue.#instances++;
  }

  get size() {
    return this.#waiting.length + this.running;
  }

  // Keeps the waiting jobs sorted, the most urgent first.
  add(job, { priority = 0 } = {}) {
    const entry = { id: nextId++, job, priority };
    const at = this.#waiting.findIndex((other) => other.priority < priority);
    if (at === -1) this.#waiting.push(entry);
    else this.#waiting.splice(at, 0, entry);
    this.#next();
    return entry.id;
  }

  /** Forgets what has not begun. */
  clear = () => {
    this.#waiting.length = 0;
    this.emit('clear');
  };

  async #next() {
    while (this.running < this.limit && this.#waiting.length > 0) {
      const entry = this.#waiting.shift();
      this.running++;
      try {
        this.emit('done', entry.id, await entry.job());
      } catch (error) {
        this.emit('failed', entry.id, error);
      } finally {
        this.running--;
      }
    }
  }

  static *ids() {
    for (let id = 1; id < nextId; id++) yield id;
  }

  async *[Symbol.asyncIterator]() {
    while (this.size > 0) yield await new Promise((resolve) => this.once('done', resolve));
  }
}

/** Waits a little. */
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Tries again when a job fails, waiting twice as long each time.
 */
async function retry(job, times = 3) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await job();
    } catch (error) {
      if (attempt >= times) throw error;
      await sleep(2 ** attempt * 100);
    }
  }
}

function LegacyQueue(limit) {
  if (!(this instanceof LegacyQueue)) return new LegacyQueue(limit);
  this.limit = limit;
}

/** The old way to write a method. */
LegacyQueue.prototype.push = function push(job) {
  (this.jobs ??= []).push(job);
};

const handlers = {
  // Called for each finished job.
  onDone(id) {
    console.log(`done ${id}`);
  },
  onFailed: function (id, error) {
    console.error(`failed ${id}: ${error}`);
  },
};

const queue = new JobQueue();
queue.on('done', handlers.onDone);
queue.on('failed', (id, error) => handlers.onFailed(id, error));

module.exports.retry = retry;
module.exports.drain = async function () {
  while (queue.size > 0) await sleep(10);
};
exports.JobQueue = JobQueue;
