import { describe, expect, it } from 'vitest';
import { listLevers, valueAt, type Config } from '#programs/levers.ts';
import { dropConfigSchema } from '#programs/drop/levers.ts';
import { bindingSetting } from '#workers/binding-setting.ts';

const levers = listLevers(dropConfigSchema);
const config = (settings: object): Config => dropConfigSchema.parse(settings);

describe('the setting that binds', () => {
	it('is the choice under which the lever is not read', () => {
		const [before, after] = [0.05, 0.2].map((risk) => config({ supply: { risk } }));
		const isRead = (one: Config, other: Config) =>
			valueAt(other, 'supply.mode') === 'risk' && valueAt(one, 'supply.risk') !== valueAt(other, 'supply.risk');
		expect(bindingSetting(levers, before, after, 'supply.risk', isRead)).toBe(
			'Supply rule is “target”; with “risk” the same change would matter',
		);
	});

	it('is the value of their own that hides a general one', () => {
		const cities = { austin: { sponsorshipRatio: 0.6 }, dallas: { sponsorshipRatio: 0.7 } };
		const [before, after] = [0.7, 0.5].map((ratio) => config({ sponsorship: { ratio }, cities }));
		const isOpen = (_: Config, other: Config) => valueAt(other, 'cities.austin.sponsorshipRatio') === undefined;
		expect(bindingSetting(levers, before, after, 'sponsorship.ratio', isOpen)).toBe(
			'every city that it could touch has its own sponsorship ratio',
		);
	});

	it('is a whole number at an end of its usual range, and never a fraction', () => {
		const [before, after] = [1, 2].map((power) => config({ growth: { power } }));
		const tried: Config[] = [];
		const isWide = (_: Config, other: Config) => (tried.push(other), Number(valueAt(other, 'growth.topK')) > 5);
		expect(bindingSetting(levers, before, after, 'growth.power', isWide)).toBe(
			'Growth choice width is 5; with 15 the same change would matter',
		);
		const fractions = new Set(tried.map((one) => valueAt(one, 'sponsorship.ratio')));
		expect([...fractions]).toEqual([0.7]);
		expect(tried.every((one) => valueAt(one, 'growth.power') === 2)).toBe(true);
	});

	it('finds values of their own under ids with dots', () => {
		const cities = { 'st.louis': { sponsorshipRatio: 0.6 } };
		const [before, after] = [0.7, 0.5].map((ratio) => config({ sponsorship: { ratio }, cities }));
		const isOpen = (_: Config, other: Config) => valueAt(other, 'cities.st~1louis.sponsorshipRatio') === undefined;
		expect(bindingSetting(levers, before, after, 'sponsorship.ratio', isOpen)).toContain('every city');
	});

	it('is none where nothing makes the change matter, after a bounded number of tries', () => {
		let tries = 0;
		const never = () => ++tries < 0;
		expect(bindingSetting(levers, config({}), config({}), 'supply.risk', never)).toBeNull();
		expect(tries).toBeLessThanOrEqual(41);
	});
}); // prettier-ignore
