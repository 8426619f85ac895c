import type { Notice } from '#programs/report.ts';

/** The notices of several lists, each once, in the order first told. */
export function distinctNotices(...lists: readonly (readonly Notice[])[]): Notice[] {
	const byMessage = new Map<string, Notice>();
	for (const notice of lists.flat())
		if (!byMessage.has(notice.message)) byMessage.set(notice.message, notice);
	return [...byMessage.values()];
}
