const LOCK = 'dropbench-writing';

/**
 * Asks to be the one tab that writes, and says whether it is: at once, and again when another tab takes over or
 * closes. Without Web Locks every tab writes, and saves are guarded by their revision alone.
 */
export function holdWriting(tell: (isHeld: boolean) => void): void {
	if (!('locks' in navigator)) return tell(true);
	const keep = () => new Promise<never>(() => undefined);
	const lost = () => {
		tell(false);
		// another tab writes: wait in line for the day it closes
		void navigator.locks.request(LOCK, () => (tell(true), keep())).catch(lost);
	};
	void navigator.locks
		.request(LOCK, { ifAvailable: true }, (lock) => {
			if (lock === null) return lost();
			tell(true);
			return keep();
		})
		.catch(lost);
}

/** Takes the writing from whichever tab has it. */
export function takeWriting(tell: (isHeld: boolean) => void): void {
	if (!('locks' in navigator)) return;
	void navigator.locks.request(LOCK, { steal: true }, () => (tell(true), new Promise<never>(() => undefined))).catch(() => tell(false)); // prettier-ignore
}
