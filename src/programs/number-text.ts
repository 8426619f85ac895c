/** A whole number with a comma between thousands, for sentences: `742,310`, `-41,090`. */
export function grouped(value: number): string {
	return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
