import { referral } from '#programs/referral/program.ts';
import { checkOutcome } from '#programs/referral/check-outcome.ts';
import { openSession, runChoice, runnableOrThrow } from '#programs/referral/session.ts';
import { sweepPools } from '#programs/referral/studies/pool-sweep.ts';
import { measure } from './instances/measure.ts';

/** Both models over generated histories: a run, its check, a hundred pools, and a run with its report. */

const defaults = Object.fromEntries(
	referral.generator?.options.map((option) => [option.path, option.default]) ?? [],
);

for (const [referrers, events] of [
	[2000, 20_000],
	[10_000, 100_000],
	[50_000, 1_000_000],
] as const) {
	for (const edition of ['march-race', 'holiday-pie']) {
		const options = { ...defaults, edition, referrers, events, poolUsd: events / 2 };
		const content = referral.generator?.generate(options, 1);
		if (!content) throw new Error('no generator');
		const session = openSession(content);
		const choice = runnableOrThrow(session, {});
		const outcome = runChoice(session, choice);
		const pools = Array.from({ length: 100 }, (_, i) => (BigInt(i) * choice.rules.awardPool) / 50n);
		const times = events > 200_000 ? 3 : 15;
		const name = (what: string) => `${edition}: ${what}`;

		measure(name('open'), events, 3, () => openSession(content));
		measure(name('run'), events, times, () => runChoice(session, choice));
		measure(name('check'), events, times, () => checkOutcome(session.dataset, outcome));
		measure(name('100 pools'), events, times, () => sweepPools(session.dataset, outcome, pools));
		const scenario = referral.open(content);
		measure(name('run, check and report'), events, times, () => scenario.run({}));
	}
}
