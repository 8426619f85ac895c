/** Cents as people read them: `$1,234.50`, `−$0.05`. */
export function dollars(cents: number): string {
	const size = cents < 0 ? -cents : cents;
	const whole = String(Math.floor(size / 100)).replace(/\B(?=(?:\d{3})+$)/g, ',');
	return `${cents < 0 ? '−' : ''}$${whole}.${String(size % 100).padStart(2, '0')}`;
}
