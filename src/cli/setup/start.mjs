// @ts-check
// `npm start`: installs what is missing, builds what is stale, serves the app and prints its address
import { ensureApp } from './build-app.mjs';
import { ensureCli } from './build-cli.mjs';
import { ensureDeps } from './ensure-deps.mjs';
import { root } from './root.mjs';

// Kit takes the folder it runs in for the project's
process.chdir(root);
await ensureDeps();
await ensureCli();
await ensureApp();

// not at the top: this file is read before anything is installed
const { preview } = await import('vite');
const port = Number(process.env.PORT ?? 4173);
const host = process.env.HOST ?? '127.0.0.1';
const server = await preview({ preview: { host, port, strictPort: false }, logLevel: 'warn' });
process.stdout.write(`Dropbench is at ${server.resolvedUrls?.local[0]}\n`);
