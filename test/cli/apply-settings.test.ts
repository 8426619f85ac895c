import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { applySeed, applySettings } from '../../src/cli/apply-settings.ts';
import { lever, listLevers } from '../../src/programs/levers.ts';

const words = { title: 'A lever', help: 'Does something.', unit: 'none' } as const;
const levers = listLevers(
	z.strictObject({
		seed: lever(z.int().default(1), words),
		cutoff: z.strictObject({
			share: lever(z.number().default(0.4), words),
			mode: lever(z.enum(['share', 'count']).default('share'), words),
		}),
		cap: lever(z.int().nullable().default(null), words),
		isFast: lever(z.boolean().default(false), words),
		order: lever(z.array(z.string()).default([]), words),
		label: lever(z.string().default(''), words),
		cities: z.record(z.string(), z.strictObject({ ratio: lever(z.number().optional(), words) })).default({}),
	}),
);

describe('applySettings', () => {
	it('reads each kind of lever', () => {
		const settings = [
			'cutoff.share=.25',
			'cutoff.mode=count',
			'cap=12',
			'isFast=true',
			'order=["b","a"]',
			'label=a=b',
		];
		expect(applySettings({ kept: 1 }, settings, levers)).toEqual({
			kept: 1,
			cutoff: { share: 0.25, mode: 'count' },
			cap: 12,
			isFast: true,
			order: ['b', 'a'],
			label: 'a=b',
		});
		expect(applySettings({ cap: 3 }, ['cap=null'], levers)).toEqual({ cap: null });
	});

	it('sets a lever of one entity and lets the last setting win', () => {
		expect(applySettings({}, ['cities.dallas.ratio=0.6', 'cities.dallas.ratio=0.7'], levers)).toEqual({
			cities: { dallas: { ratio: 0.7 } },
		});
	});

	it('names every setting that is wrong at once', () => {
		const attempt = () =>
			applySettings(
				{},
				['share', 'share=1', 'cutoff.mode=all', 'isFast=yes', 'seed=0x10', 'order={}', 'zzz=1', 'seed=null'],
				levers,
			);
		expect(attempt).toThrow(
			[
				'--set share: invalid setting; must be path=value',
				'--set share=1: unknown lever: share; must be one of cutoff.share',
				'--set cutoff.mode=all: invalid value: "all"; must be one of share, count',
				'--set isFast=yes: invalid value: "yes"; must be true or false',
				'--set seed=0x10: invalid value: "0x10"; must be a whole number',
				'--set order={}: invalid value: "{}"; must be a list in JSON',
				'--set zzz=1: unknown lever: zzz; must be one of seed, cutoff.share, cutoff.mode, cap, isFast, order, label, cities.*.ratio',
				'--set seed=null: invalid value: "null"; must be a whole number',
			].join('\n'),
		);
	});
});

describe('applySeed', () => {
	it('sets the seed, and leaves the configuration alone without one', () => {
		expect(applySeed({ a: 1 }, '17', levers)).toEqual({ a: 1, seed: 17 });
		expect(applySeed({ a: 1 }, undefined, levers)).toEqual({ a: 1 });
	});

	it('refuses what is no seed, and a program without luck', () => {
		expect(() => applySeed({}, '-1', levers)).toThrow('--seed: invalid seed: "-1"; must be a whole number');
		expect(() => applySeed({}, '1', [])).toThrow('--seed: unknown option: this program draws no luck');
	});
});
