// Read a data package with frictionless.js, cast every row by its schema, and print the tables as JSON.
// Usage: node frictionless.mjs FOLDER_WITH_NODE_MODULES PATH_OF_DATAPACKAGE_JSON

import { createRequire } from "node:module";
import { join } from "node:path";

const [place, path] = process.argv.slice(2);
const require = createRequire(join(place, "package.json"));
const { Dataset } = require("frictionless.js");
const { Schema } = require("tableschema");

const dataset = await Dataset.load(path);
const tables = {};
for (const resource of dataset.resources) {
  if (resource.descriptor.type !== "table") continue;
  const schema = await Schema.load(resource.descriptor.schema);
  const rows = [];
  for await (const row of await resource.rows({ keyed: false })) rows.push(row);
  const header = rows.shift();
  const types = schema.fields.map((field) => field.type);
  tables[resource.descriptor.name] = { header, types, rows: rows.map((row) => schema.castRow(row)) };
}
const { name, version } = dataset.descriptor;
process.stdout.write(JSON.stringify({ name, version, tables }));
