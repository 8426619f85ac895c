// @ts-check
import { fileURLToPath } from 'node:url';

/** The folder of the checkout: where package.json stands. Plain Node: this runs before anything is installed. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));
