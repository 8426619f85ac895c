import { benchDrop, type Recipe } from './drop-runs.ts';

/** Times the runs of the recipe it is sent; answers a line at a time, null at the end. */
self.onmessage = (event: MessageEvent<{ name: string; recipe: Recipe }>) => {
	benchDrop(event.data.name, event.data.recipe, (line) => self.postMessage(line));
	self.postMessage(null);
};
