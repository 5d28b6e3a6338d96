/**
 * `kenning mcp`: the tools over the Model Context Protocol, on standard input and output. Loaded only for this command.
 * Standard output carries the protocol and nothing else; what there is to say goes to standard error.
 */
import { Console } from 'node:console';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
} from '@modelcontextprotocol/sdk/types.js';
import { KenningError } from '../../core/errors.ts';
import { findInstallDir } from '../../engine/install-dir.ts';
import { defaultStorageDir } from '../../engine/storage-dir.ts';
import { folderOf, modelOf, parseArguments, qualityOf } from '../arguments.ts';
import type { Io } from '../io.ts';
import { versionOf } from '../version.ts';
import { AgentFolder } from './agent-folder.ts';
import { AGENT_TOOLS } from './agent-tools.ts';

const OPTIONS = {
  model: { type: 'string' },
  quality: { type: 'string' },
  'no-update': { type: 'boolean' },
} as const;

const INSTRUCTIONS =
  'Kenning searches code by what it does, on this machine. search_code before grep when you do not know the names; grep for exact strings.';

/** Serves until standard input ends or the process is told to stop. Exit code: 0. */
export async function serveMcp(args: readonly string[], io: Io): Promise<number> {
  // Libraries that print would break the protocol.
  globalThis.console = new Console(process.stderr);
  const log = (line: string): void => io.err(`kenning mcp: ${line}\n`);
  const installDir = findInstallDir(import.meta.dirname);
  const folders = openFolders(args, installDir, log);
  const server = createServer(folders, versionOf(installDir));
  server.onerror = (error) => log(shortened(error.message));
  const ended = endOf(server, io);
  await server.connect(new StdioServerTransport());
  await ended;
  await server.close();
  await Promise.all(folders.map((folder) => folder.close()));
  return 0;
}

function openFolders(args: readonly string[], installDir: string, log: (line: string) => void): AgentFolder[] {
  const parsed = parseArguments(args, OPTIONS);
  const [model, quality] = [modelOf(parsed), qualityOf(parsed)];
  const updates = parsed.values['no-update'] !== true;
  const named = parsed.positionals.length > 0 ? parsed.positionals : ['.'];
  const paths = new Set(named.map((path) => folderOf({ values: { path }, positionals: [] })));
  return [...paths].map((folder) => {
    const engine = { folder, storageDir: defaultStorageDir(), installDir, model, quality };
    return new AgentFolder({ engine, updates, log });
  });
}

function createServer(folders: readonly AgentFolder[], version: string): Server {
  const server = new Server(
    { name: 'kenning', title: 'Kenning', version },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: AGENT_TOOLS.map(({ run: _, ...tool }) => ({
      ...tool,
      annotations: { readOnlyHint: true, openWorldHint: false },
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }, { signal }) =>
    callTool(folders, params.name, params.arguments ?? {}, signal),
  );
  return server;
}

async function callTool(
  folders: readonly AgentFolder[],
  name: string,
  input: unknown,
  signal: AbortSignal,
): Promise<CallToolResult> {
  const tool = AGENT_TOOLS.find((known) => known.name === name);
  if (!tool) {
    const names = AGENT_TOOLS.map((known) => known.name).join(', ');
    throw new McpError(ErrorCode.InvalidParams, `There is no tool "${name.slice(0, 60)}"; there are ${names}.`);
  }
  try {
    const { text, data } = await tool.run(folders, input, signal);
    return { content: [{ type: 'text', text }], structuredContent: data };
  } catch (error) {
    return { isError: true, content: [{ type: 'text', text: sentencesFor(error) }] };
  }
}

/** For the model: what is wrong, and what to do next. A bug is told as one; its stack helps no model. */
function sentencesFor(error: unknown): string {
  if (!(error instanceof KenningError)) return `Kenning failed: ${(error as Error).message}. ${WITHOUT_KENNING}`;
  return error.code === 'usage' || error.code === 'cancelled' ? error.message : `${error.message} ${WITHOUT_KENNING}`;
}

const WITHOUT_KENNING = 'Do not try again in this session; use grep and file search instead.';

/** Resolves when nobody asks any more. */
function endOf(server: Server, io: Io): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.onclose = resolve;
  io.stdin.once('end', resolve).once('close', resolve);
  io.closed.addEventListener('abort', () => resolve(), { once: true });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  return promise;
}

const LOGGED_CHARS = 200;

/** What the SDK says of input that is no protocol is a list over many lines. */
const shortened = (text: string): string => text.replace(/\s+/g, ' ').slice(0, LOGGED_CHARS);
