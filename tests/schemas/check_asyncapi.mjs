// Validates an AsyncAPI document with the public parser; prints each complaint that is an error.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, file] = process.argv.slice(2);
const { Parser, fromFile } = createRequire(pathToFileURL(`${modules}/`))("@asyncapi/parser");
const { document, diagnostics } = await fromFile(new Parser(), file).parse();
const errors = diagnostics.filter((one) => one.severity === 0);
for (const one of errors) console.error(`${one.path.join(".")}: ${one.message}`);
if (errors.length === 0) console.log(document.channels().all().map((one) => one.address()).sort().join(" "));
process.exit(errors.length === 0 ? 0 : 1);
