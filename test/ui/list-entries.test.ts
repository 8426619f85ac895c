import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportOffer } from '#programs/offer/export.ts';
import { offer } from '#programs/offer/program.ts';
import { readOfferConfig } from '#programs/offer/read-config.ts';
import {
	copyEntry,
	entriesOf,
	entryName,
	entrySummary,
	freshEntry,
	issuesByEntry,
	listsInWords,
	moveEntry,
	withField,
	type Entry,
} from '#ui/list-entries.ts';

const fields = offer.levers.find(({ path }) => path === 'plan')?.fields ?? [];
const fresh = (list: readonly Entry[] = []) => freshEntry(fields, 'offer', list);
const set = (entry: Entry, values: Readonly<Record<string, unknown>>) =>
	Object.entries(values).reduce((made, [path, value]) => withField(fields, made, path, value), entry);
const exported = (plan: unknown) => JSON.stringify(exportOffer({ program: 'offer', version: 1, plan }));

describe('an offer plan made in the form', () => {
	const terms = { inviteeDurationDays: 30, awardDurationDays: 180 };
	const typed = [
		{ offer: 'A', startsAt: '2019-07-01T00:00:00Z', inviteeCents: 1000, awardCents: 500, ...terms },
		{ offer: 'B', type: 'FREE_CREDIT', inviteeCents: 500, inviteeDurationDays: 7, redeemableCap: 90 },
	];

	it('is the same bytes as the JSON of the same content, in the draft and in the export', () => {
		const made: Entry[] = [];
		for (const entry of typed) {
			// in an order of its own, over what a new entry begins with
			const values = { awardDurationDays: 0, awardCents: 0, ...entry };
			made.push(set(fresh(made), Object.fromEntries(Object.entries(values).toReversed())));
		}
		const read = readOfferConfig({ program: 'offer', version: 1, plan: typed }).config.plan;
		expect(JSON.stringify(made)).toBe(JSON.stringify(read));
		expect(exported(made)).toBe(exported(typed));
	});

	it('is what it was, to the byte, once every change is taken back', () => {
		const { plan } = readOfferConfig({ program: 'offer', version: 1, plan: typed }).config;
		const paths = fields.map(({ path }) => path);
		fc.assert(
			fc.property(fc.nat(1), fc.array(fc.constantFrom(...paths)), (n, touched) => {
				const before: Entry = plan[n];
				const changed = touched.reduce((entry, path) => withField(fields, entry, path, 'x'), before);
				const back = touched.reduce((entry, path) => withField(fields, entry, path, before[path]), changed);
				expect(JSON.stringify(back)).toBe(JSON.stringify(before));
			}),
			{ seed: 8 },
		);
	});

	it('begins with terms that a run takes, one after the other under names of their own', () => {
		const first = fresh();
		const second = fresh([first]);
		const third = copyEntry(fields, 'offer', [first, second], 0);
		expect([first.offer, second.offer, third.offer]).toEqual(['offer 1', 'offer 2', 'offer 3']);
		expect(copyEntry(fields, 'offer', [set(first, { offer: 'A' })], 0).offer).toBe('A 2');
		expect(() => exported([first, second, third])).not.toThrow();
		expect(fresh([set(first, { offer: 'offer 2' })]).offer).toBe('offer 3');
	});

	it('keeps what this version does not know', () => {
		expect(withField(fields, { later: 1, offer: 'A' }, 'inviteeCents', 5)).toMatchObject({
			later: 1,
			offer: 'A',
		});
	});
});

describe('a list in words', () => {
	const a = set(fresh(), { offer: 'A', inviteeCents: 1000, awardCents: 0, awardDurationDays: 0 });
	const b = set(a, { offer: 'B', type: 'FREE_CREDIT', redeemableCap: 1500 });

	it('sums an entry up by what is not at its default', () => {
		expect(entrySummary(fields, a)).toBe('Credit $10.00 · Credit life 30 days');
		expect(entrySummary(fields, b)).toBe(
			'Kind free tier · Credit $10.00 · Credit life 30 days · Places 1,500',
		);
	});

	it('calls an entry without a name by its place', () => {
		expect(entryName(fields, 'offer', {}, 2)).toBe('offer 3');
	});

	it('names of two lists only what differs', () => {
		const words = (before: Entry[], after: Entry[]) => listsInWords(fields, 'offer', before, after);
		expect(words([a, b], [set(a, { inviteeCents: 500 }), b])).toEqual([
			'A: Credit $10.00',
			'A: Credit $5.00',
		]);
		expect(words([a], [a, b])).toEqual(['no B', 'B']);
		expect(words([a, b], [b, a])).toEqual(['A, B', 'B, A']);
		expect(words([a], [])).toEqual(['A', 'no A']);
	});
});

describe('the list itself', () => {
	it('moves an entry to any place and loses none', () => {
		const list = ['a', 'b', 'c'].map((name) => ({ name }));
		expect(moveEntry(list, 0, 2).map(({ name }) => name)).toEqual(['b', 'c', 'a']);
		expect(moveEntry(list, 2, 0).map(({ name }) => name)).toEqual(['c', 'a', 'b']);
	});

	it('takes what is no object for an entry with nothing in it', () => {
		expect(entriesOf([1, { a: 1 }, null, [2]])).toEqual([{}, { a: 1 }, {}, {}]);
		expect(entriesOf('x')).toEqual([]);
	});

	it('finds what is wrong with each entry, and with itself, among all issues', () => {
		const at = (place: string) => ({ at: place, message: place, code: 'x' });
		const issues = ['config.plan', 'config.plan.0.offer', 'config.plan.10', 'config.planet.0', 'options.plan.0'].map(at); // prettier-ignore
		const found = issuesByEntry(issues, 'plan');
		expect([...found.keys()]).toEqual([-1, 0, 10]);
		expect(found.get(0)).toEqual([
			{ field: 'offer', message: 'config.plan.0.offer' },
			{ field: null, message: 'options.plan.0' },
		]);
	});
});
