#!/usr/bin/env node
/** The command line's entry: process in, exit code out. */
import { processIo } from './io.ts';
import { run } from './run.ts';

const io = processIo();
const code = await run(process.argv.slice(2), io);
process.exitCode = io.closed.aborted ? 0 : code;
