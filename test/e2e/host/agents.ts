/** What agents get in the editor: the language-model tool, and the MCP server where the setting asks for it. */
import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import * as vscode from 'vscode';
import { McpServers } from '../../../src/extension/agents/mcp-servers.ts';
import type { KenningWindow } from '../../../src/extension/window.ts';
import { ask, hitsOf, inRoot, kenning, pressEscape, root, until, untilState } from './kenning.ts';

const TOOL = 'kenning_search_code';
const QUESTION = 'turn a string like 3 May 2021 into a date';

suite('agents', () => {
  let window: KenningWindow;

  suiteSetup(async () => {
    window = await kenning();
    await untilState(window, 'ready');
  });

  async function invoke(
    input: object,
    more: Partial<vscode.LanguageModelToolInvocationOptions<object>> = {},
    token?: vscode.CancellationToken,
  ): Promise<string> {
    const options = { input, toolInvocationToken: undefined, ...more };
    const { content } = await vscode.lm.invokeTool(TOOL, options, token);
    return content.map((part) => (part as vscode.LanguageModelTextPart).value).join('');
  }

  test('the tool is among those that models are told of', () => {
    const tool = vscode.lm.tools.find(({ name }) => name === TOOL);
    assert.ok(tool);
    assert.match(tool.description, /Use it first when .* Do not use it for an exact string/);
    assert.deepEqual((tool.inputSchema as { required: string[] }).required, ['query']);
  });

  test('it answers with absolute places, symbols and code', async () => {
    const text = await invoke({ query: QUESTION, tests: false, limit: 3 });
    const file = inRoot('src/dates.py').fsPath;
    assert.ok(text.startsWith(`1. ${file}:8-`), text);
    assert.match(text, /parse_date \(function, score \d\.\d\d\)\n```python\ndef parse_date\(text\):\n/);
    assert.ok(!text.includes('test_dates.py'));
  });

  test("the asker's budget is kept by the asker's own count", async () => {
    let counted = 0;
    const countTokens = async (text: string): Promise<number> => {
      counted++;
      return text.length;
    };
    const text = await invoke({ query: QUESTION }, { tokenizationOptions: { tokenBudget: 500, countTokens } });
    assert.ok(text.length <= 500, text);
    assert.match(text, /parse_date/);
    assert.ok(counted > 0);
  });

  test('it does not disturb what the user searches for meanwhile', async () => {
    const asking = invoke({ query: 'evict the least recently used entry' });
    const panel = await ask(window, QUESTION);
    assert.equal(hitsOf(panel)[0]?.hit.name, 'parse_date');
    assert.match(await asking, /lru_cache\.rb/);
    await pressEscape(window);
  });

  test('a wish for nothing is refused with the next step, a cancelled one is not answered', async () => {
    await assert.rejects(invoke({ query: ' ' }), /describe in plain English/);
    const source = new vscode.CancellationTokenSource();
    source.cancel();
    await assert.rejects(invoke({ query: QUESTION }, {}, source.token), /[Cc]ancel/);
  });

  test('the MCP server is there while the setting is on, and answers', async () => {
    const servers = new McpServers(window.context);
    const changes: number[] = [];
    const listener = servers.onDidChangeMcpServerDefinitions(() => changes.push(1));
    const settings = vscode.workspace.getConfiguration('kenning');
    assert.deepEqual(servers.provideMcpServerDefinitions(), []);
    await settings.update('mcpServer', true, vscode.ConfigurationTarget.Workspace);
    await until(
      () => changes.length > 0,
      () => 'the change told',
    );
    const [definition, ...more] = servers.provideMcpServerDefinitions() as vscode.McpStdioServerDefinition[];
    assert.deepEqual(more, []);
    assert.equal(definition?.label, 'Kenning');
    assert.match(await searched(definition!), /^1\. src\/dates\.py:8-\d+ parse_date /);
    await settings.update('mcpServer', undefined, vscode.ConfigurationTarget.Workspace);
    assert.deepEqual(servers.provideMcpServerDefinitions(), []);
    listener.dispose();
    servers.dispose();
  });
});

/** As the editor starts it: from the extension's own folder, on the editor's own Node. */
async function searched({ command, args, env }: vscode.McpStdioServerDefinition): Promise<string> {
  const given = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)]));
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(new StdioClientTransport({ command, args, env: given, cwd: root() }));
  const { content } = await client.callTool({ name: 'search_code', arguments: { query: QUESTION } });
  await client.close();
  return (content as { text: string }[])[0]!.text;
}
