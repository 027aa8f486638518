// Compiles JSON Schemas by Ajv in its strict mode and prints, for each, "ok" or what Ajv refuses.
//   node schema_types.mjs FOLDER-WITH-NODE_MODULES SCHEMA...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [tools, ...schemas] = process.argv.slice(2);
const { default: Ajv } = createRequire(`${tools}/`)("ajv/dist/2020");
for (const schema of schemas) {
  try {
    const told = [];
    const logger = { log: (text) => told.push(text), warn: (text) => told.push(text), error: (text) => told.push(text) };
    new Ajv({ strict: true, logger }).compile(JSON.parse(readFileSync(schema, "utf8")));
    console.log(told.join("; ") || "ok");
  } catch (error) {
    console.log(error.message);
  }
}
