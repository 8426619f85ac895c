import './lock-down.ts';
import * as Comlink from 'comlink';
import { PartHolder } from './part-holder.ts';
import { showLife } from './sign-of-life.ts';

const holder = new PartHolder();

// the page sends one end of the channel whose other end the runner has; the page itself asks nothing
self.addEventListener('message', (event: MessageEvent<unknown>) => {
	if (event.data instanceof MessagePort) Comlink.expose(holder, event.data);
});
showLife();
