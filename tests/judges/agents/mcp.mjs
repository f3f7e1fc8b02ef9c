// The official client of the Model Context Protocol lists the tools, calls each as it is documented, and hears of what is refused.
import { readdir } from 'node:fs/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { address, assert, judge } from '../report.mjs';

const client = new Client({ name: 'judge', version: '1.0.0' });
const transport = new StreamableHTTPClientTransport(new URL(`${address()}/mcp`));
const queries = (await readdir(new URL('../../../examples/queries', import.meta.url))).map((file) => file.replace('.graphql', ''));
let tools = [];

await judge('MCP: the tools are the documented queries', async () => {
  await client.connect(transport);
  assert.equal(client.getServerVersion().name, 'noaber');
  await client.ping();
  ({ tools } = await client.listTools());
  assert.deepEqual(tools.map(({ name }) => name).sort(), queries.sort());
  for (const { name, title, description, inputSchema, annotations } of tools) {
    assert.ok(title && description.includes(title) && annotations.readOnlyHint, name);
    assert.equal(inputSchema.additionalProperties, false);
  }
  const withArguments = tools.filter(({ inputSchema }) => Object.keys(inputSchema.properties).length > 0);
  assert.ok(withArguments.length >= 10, `${withArguments.length} tools take arguments`);
});

await judge('MCP: each tool answers, without arguments and with those that its schema has', async () => {
  for (const { name, inputSchema } of tools) {
    const given = Object.fromEntries(Object.entries(inputSchema.properties).map(([key, { default: value }]) => [key, value]));
    const plain = await client.callTool({ name });
    const asked = await client.callTool({ name, arguments: given });
    assert.ok(!plain.isError, `${name}: ${plain.content[0].text}`);
    assert.deepEqual(asked, plain, name);
    assert.deepEqual(JSON.parse(plain.content[0].text), plain.structuredContent, name);
  }
});

await judge('MCP: an argument changes the answer', async () => {
  const { structuredContent } = await client.callTool({ name: 'places-of-a-municipality', arguments: { code: 'GM0193' } });
  assert.equal(structuredContent.municipality.name, 'Zwolle');
});

await judge('MCP: what is refused is told to the model, what is no tool to the program', async () => {
  for (const [given, part] of [
    [{ code: 'GM0363' }, 'is not one of the 25 municipalities'],
    [{ code: 5 }, 'code'],
    [{ gemeente: 'Zwolle' }, '`gemeente` is no argument of `places-of-a-municipality`, which takes `code`'],
  ]) {
    const { isError, content } = await client.callTool({ name: 'places-of-a-municipality', arguments: given });
    assert.ok(isError && content[0].text.includes(part), content[0].text);
  }
  await assert.rejects(client.callTool({ name: 'drop-tables' }), /is no tool/);
});

await client.close();
