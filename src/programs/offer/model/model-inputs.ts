import { z } from 'zod';
import { lever } from '../../levers.ts';

const probability = z.number().min(0).max(1);

/** A curve over cents: rising cents, a probability at each. */
const curve = z
	.array(z.tuple([z.number().min(0).max(1_000_000_000), probability]))
	.min(1)
	.max(64)
	.refine(isRising, { message: 'cents must rise from point to point' });

/** A quantile table from u = 0 to u = 1. */
const quantiles = (most: number) =>
	z
		.array(z.tuple([probability, z.number().min(0).max(most)]))
		.min(2)
		.max(64)
		.refine(isRising, { message: 'u must rise from point to point' })
		.refine((points) => points[0]?.[0] === 0 && points.at(-1)?.[0] === 1, {
			message: 'u must run from 0 to 1',
		})
		.refine((points) => points.every(([, value], i) => i === 0 || value >= points[i - 1][1]), {
			message: 'values must not fall from point to point',
		});

function isRising(points: readonly (readonly [number, number])[]): boolean {
	return points.every(([x], i) => i === 0 || x > points[i - 1][0]);
}

type Words = { readonly title: string; readonly help: string };

const curveLever = (points: [number, number][], words: Words) =>
	lever(curve.default(points), { ...words, unit: 'none' });

const quantileLever = (points: [number, number][], most: number, words: Words) =>
	lever(quantiles(most).default(points), { ...words, unit: 'none' });

/**
 * Inputs of the behavioural model (spec section 15.1) with the sample curves as defaults. The samples are
 * illustrations, not findings: fit your own with the study `fit`.
 */
export const modelInputs = z.strictObject({
	organicPerDay: lever(z.array(z.number().min(0).max(100_000)).min(1).max(4000).default([2.5]), {
		title: 'Visitors per day',
		help: 'Visitors that come by themselves, one number per day; the last one repeats.',
		unit: 'none',
	}),
	visitToSignup: curveLever([[0, 0.2], [300, 0.4], [1000, 0.5]], {
		title: 'Visit to registration',
		help: 'Chance that a visitor registers, by the cents of credit a registration without link gets then.',
	}), // prettier-ignore
	inviteSlots: lever(z.int().min(0).max(20).default(3), {
		title: 'Friends to invite',
		help: 'How many friends an account could invite.',
		unit: 'count',
	}),
	inviteSend: curveLever([[0, 0.1], [1000, 0.4]], {
		title: 'Invites sent',
		help: 'Chance that an account invites one friend, by the award cents promised then.',
	}), // prettier-ignore
	inviteAccept: curveLever([[0, 0.05], [1000, 0.35], [2000, 0.45]], {
		title: 'Invites accepted',
		help: 'Chance that an invited friend registers, by the cents of credit a registration with link gets then.',
	}), // prettier-ignore
	inviteDelayDays: quantileLever([[0, 0.5], [0.5, 7], [1, 40]], 36_500, {
		title: 'Days until an invite',
		help: 'Quantiles of the days from registration to sending.',
	}), // prettier-ignore
	acceptDelayDays: quantileLever([[0, 0], [0.5, 1], [1, 14]], 36_500, {
		title: 'Days until an answer',
		help: 'Quantiles of the days from sending to acceptance.',
	}), // prettier-ignore
	toPaidOrganic: curveLever([[0, 0.2], [1000, 0.3]], {
		title: 'Payers among visitors',
		help: 'Chance that an account without link is a payer, by its own sign-up cents.',
	}), // prettier-ignore
	toPaidReferred: curveLever([[0, 0.3], [2000, 0.5]], {
		title: 'Payers among invitees',
		help: 'Chance that an invited account is a payer, by its own sign-up cents.',
	}), // prettier-ignore
	usageMonthlyCents: quantileLever([[0, 200], [0.5, 900], [1, 6000]], 1_000_000_000, {
		title: 'Usage',
		help: 'Quantiles of the cents that an account uses in 30 days.',
	}), // prettier-ignore
	usagePerMonth: lever(z.int().min(1).max(30).default(4), {
		title: 'Charges per 30 days',
		help: 'How many charges the usage of 30 days comes in. Rare charges may come after a credit has expired.',
		unit: 'count',
	}),
	monthlyChurn: lever(probability.default(0.08), {
		title: 'Monthly churn',
		help: 'Chance that an account leaves after 30 days of usage.',
		unit: 'ratio',
		step: 0.01,
	}),
	paymentSuccess: lever(probability.default(0.9), {
		title: 'Payment success',
		help: 'Chance that an attempt to collect an invoice succeeds. There are two attempts, seven days apart.',
		unit: 'ratio',
		step: 0.01,
	}),
	paymentDelayDays: lever(z.int().min(0).max(365).default(3), {
		title: 'Days to payment',
		help: 'Days from an invoice to the first attempt to collect it.',
		unit: 'days',
	}),
});

export type ModelInputs = z.infer<typeof modelInputs>;
