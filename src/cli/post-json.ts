import type { PostAnswer } from './effects.ts';

/** Posts JSON; null where no answer came in time or the connection failed. No redirect is followed, no error is thrown. */
export async function postJson(address: string, body: string, timeoutMs: number): Promise<PostAnswer | null> {
	try {
		const response = await fetch(address, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body,
			redirect: 'manual',
			signal: AbortSignal.timeout(timeoutMs),
		});
		// the body is of no use, but an unread one holds the connection
		await response.body?.cancel();
		const seconds = Number(response.headers.get('retry-after') ?? 0);
		return { status: response.status, retryAfterSeconds: Number.isFinite(seconds) ? seconds : 0 };
	} catch {
		// the error would name the address, which is a secret
		return null;
	}
}
