import { z } from 'zod';
import { lever } from '../levers.ts';

const probability = z.number().min(0).max(1);

/** How patrons answer what they are told: asked for by the generator of histories and by the policy arena (spec section 18). */
export const answerLevers = {
	raiseProbability: lever(probability.default(0.2), {
		title: 'Raising',
		help: 'Chance that a warned patron raises her limit.',
		unit: 'ratio',
		section: 'answers',
	}),
	raiseFactor: lever(z.number().min(1).max(100).default(1.5), {
		title: 'Raise by',
		help: 'Factor by which limits are raised.',
		unit: 'none',
		section: 'answers',
	}),
	returnProbability: lever(probability.default(0.3), {
		title: 'Coming back',
		help: 'Chance that a patron who lost a pledge makes it again, if it fits then.',
		unit: 'ratio',
		section: 'answers',
	}),
	answerDays: lever(z.int().min(1).max(365).default(3), {
		title: 'Days to answer',
		help: 'Days between a notice and the answer to it.',
		unit: 'days',
		section: 'answers',
	}),
};
