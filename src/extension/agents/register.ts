/** What Kenning offers to agents in this window. Editors built on older versions may lack the one or the other. */
import * as vscode from 'vscode';
import type { KenningWindow } from '../window.ts';
import { MCP_PROVIDER, McpServers } from './mcp-servers.ts';
import { SEARCH_TOOL, SearchTool } from './search-tool.ts';

export function registerAgents(window: KenningWindow): vscode.Disposable[] {
  const disposables: vscode.Disposable[] = [];
  const { lm } = vscode as Partial<typeof vscode>;
  if (lm?.registerTool) disposables.push(lm.registerTool(SEARCH_TOOL, new SearchTool(window)));
  if (lm?.registerMcpServerDefinitionProvider) {
    const servers = new McpServers(window.context);
    disposables.push(servers, lm.registerMcpServerDefinitionProvider(MCP_PROVIDER, servers));
  }
  return disposables;
}
