/** An amount in micros as dollars: `$12.50`, with as many decimals as it needs and at least two. */
export function dollars(micros: number): string {
	const size = micros < 0 ? -micros : micros;
	const whole = Math.floor(size / 1_000_000);
	const decimals = String(size - whole * 1_000_000)
		.padStart(6, '0')
		.replace(/0{1,4}$/, '');
	return `${micros < 0 ? '−' : ''}$${whole}.${decimals}`;
}
