/** The SDK's own client on a `kenning mcp` that runs as a process, as an agent starts it. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { COMMAND, environment } from '../command.ts';

export interface Connected {
  readonly client: Client;
  /** What the server has said on standard error so far. */
  readonly stderr: () => string;
}

export interface Served {
  readonly args?: readonly string[];
  readonly cwd: string;
  readonly storageDir: string;
  readonly command?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Of Node itself. */
  readonly flags?: readonly string[];
}

export async function connect({
  args = [],
  cwd,
  storageDir,
  command = COMMAND,
  env,
  flags = [],
}: Served): Promise<Connected> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [...flags, command, 'mcp', ...args],
    cwd,
    env: environment(storageDir, env) as Record<string, string>,
    stderr: 'pipe',
  });
  let told = '';
  transport.stderr!.on('data', (chunk: Buffer) => {
    told += chunk.toString();
  });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  return { client, stderr: () => told };
}

export interface Answer {
  readonly text: string;
  readonly isError: boolean;
  readonly data: Readonly<Record<string, unknown>>;
}

export async function call(
  client: Client,
  name: string,
  args: Readonly<Record<string, unknown>> = {},
  signal?: AbortSignal,
): Promise<Answer> {
  const answer = await client.callTool({ name, arguments: args }, undefined, signal && { signal });
  const [part] = answer.content as { text: string }[];
  const data = (answer.structuredContent ?? {}) as Answer['data'];
  return { text: part!.text, isError: answer.isError === true, data };
}
