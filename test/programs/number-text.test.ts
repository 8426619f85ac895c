import { expect, it } from 'vitest';
import { grouped } from '#programs/number-text.ts';

it('a whole number for a sentence has a comma between thousands', () => {
	expect([0, 12, 999, 1000, 742_310, 1_000_000, -999, -41_090].map(grouped)).toEqual(['0', '12', '999', '1,000', '742,310', '1,000,000', '-999', '-41,090']); // prettier-ignore
});
