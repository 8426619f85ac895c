// @ts-check
// `npm run build`: the app into build/, the command line into .cache/cli/
import { buildApp } from './build-app.mjs';
import { buildCli } from './build-cli.mjs';
import { ensureDeps } from './ensure-deps.mjs';

await ensureDeps();
await buildCli();
await buildApp();
