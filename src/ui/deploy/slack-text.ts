/** A piece of Slack's markup, as it will look. */
export interface SlackPiece {
	readonly text: string;
	readonly isBold: boolean;
}

/** Reads the part of Slack's markup that messages here use: `*bold*` within a line, and the three escapes. */
export function slackPieces(markdown: string): SlackPiece[] {
	return markdown.split(/(\*[^*\n]+\*)/).flatMap((part): SlackPiece[] => {
		if (part === '') return [];
		const isBold = /^\*[^*\n]+\*$/.test(part);
		return [{ text: unescape(isBold ? part.slice(1, -1) : part), isBold }];
	});
}

function unescape(text: string): string {
	return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
