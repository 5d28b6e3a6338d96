#!/usr/bin/env node
/** The command line's entry: process in, exit code out. */
import { processIo } from './io.ts';
import { run } from './run.ts';

// A reader that has seen enough (`kenning search … | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));
process.exitCode = await run(process.argv.slice(2), processIo());
