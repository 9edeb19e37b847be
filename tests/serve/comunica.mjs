// Asks what each line of standard input says by Comunica, and writes what it got as a line of JSON.
// KG_COMUNICA names the folder whose node_modules has @comunica/query-sparql.
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { createInterface } from "node:readline";

const require = createRequire(resolve(process.env.KG_COMUNICA, "package.json"));
const { QueryEngine } = require("@comunica/query-sparql");
const engine = new QueryEngine();

const term = (each) =>
  each && [each.termType, each.value, each.language ?? "", each.datatype?.value ?? ""];

const readers = {
  boolean: async (result) => ({ boolean: await result.execute() }),
  void: async (result) => ({ void: await result.execute() }),
  quads: async (result) => {
    const quads = await (await result.execute()).toArray();
    return { quads: quads.map((each) => [each.subject, each.predicate, each.object].map(term)) };
  },
  bindings: async (result) => {
    const rows = await (await result.execute()).toArray();
    const columns = (await result.metadata()).variables.map((variable) => variable.value);
    return { columns, rows: rows.map((row) => columns.map((name) => term(row.get(name) ?? null))) };
  },
};

// Without a type, Comunica looks at what the source says of itself; what it saw before is forgotten first.
async function ask({ query, source, type }) {
  await engine.invalidateHttpCache();
  const sources = [type ? { type, value: source } : source];
  const result = await engine.query(query, { sources, destination: sources[0] });
  return readers[result.resultType](result);
}

for await (const line of createInterface({ input: process.stdin })) {
  const told = await ask(JSON.parse(line)).catch((error) => ({ error: String(error) }));
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
