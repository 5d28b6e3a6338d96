/** A parent to be killed: starts the worker named on its command line, prints its process id, and stays. */
import { Supervisor } from '../../src/service/supervisor.ts';

const supervisor = new Supervisor({ workerPath: process.argv[2]!, log: () => undefined });
supervisor.start();
await new Promise((resolve) => supervisor.onDidConnect(resolve));
process.stdout.write(`${supervisor.pid}\n`);
