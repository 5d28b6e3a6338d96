#!/usr/bin/env node
/** The command line's entry: process in, exit code out. */
import { processIo } from './io.ts';
import { run } from './run.ts';

// ONNX Runtime's builds for Linux and macOS report to Microsoft and keep a device id in the home folder unless told not
// to before their first session: https://github.com/microsoft/onnxruntime/pull/27379
process.env.ORT_DISABLE_TELEMETRY = '1';
// A reader that has seen enough (`kenning search … | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));
process.exitCode = await run(process.argv.slice(2), processIo());
