/** Hands bytes to the reader as a download. */
export function saveBytes(name: string, bytes: Uint8Array, type: string): void {
	const address = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
	const anchor = document.createElement('a');
	anchor.href = address;
	anchor.download = name;
	anchor.click();
	// the download has begun once the click is through
	setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Hands text to the reader as a download. */
export function saveText(name: string, text: string, type: string): void {
	saveBytes(name, new TextEncoder().encode(text), type);
}

/** A name that every file system takes: letters, digits, `-` and `_`, at most 80. */
export function fileName(text: string, ending: string): string {
	const stem = text.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 80 - ending.length - 1);
	return `${stem || 'dropbench'}.${ending}`;
}
