// node bundle.mjs <assets> <node_modules> <entry>: prints one script with all that the entry imports.
import { createRequire } from "node:module";
import { join } from "node:path";

const [assets, modules, entry] = process.argv.slice(2);
const { rolldown } = await import(createRequire(join(modules, "_")).resolve("rolldown"));
const bundle = await rolldown({
  input: entry,
  platform: "browser",
  resolve: { alias: { "$/public": assets }, modules: [modules] },
  transform: { jsx: "react-jsx", define: { "process.env.NODE_ENV": '"production"' } },
});
const { output } = await bundle.generate({ format: "iife" });
process.stdout.write(output[0].code);
