import { benchOffer } from './offer-runs.ts';

/** Times the runs of the offer program once it is asked; answers a line at a time, null at the end. */
self.onmessage = () => {
	console.log = (line: unknown) => self.postMessage(line);
	benchOffer();
	self.postMessage(null);
};
