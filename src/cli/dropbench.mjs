#!/usr/bin/env node
// @ts-check
// The `bin`: installs and bundles what is missing or stale, with words on standard error only, then runs the bundle.
import { ensureCli } from './setup/build-cli.mjs';
import { ensureDeps } from './setup/ensure-deps.mjs';

await ensureDeps();
const { run } = await import(await ensureCli());
await run(process.argv.slice(2));
