import { threefry, key32 } from '#engine/random.ts';

/**
 * The pledge specification as a program that recomputes everything from plain objects whenever it looks: slow,
 * obvious, and written without a glance at the real one. Amounts are BigInt throughout.
 */

export interface SlowEvent {
	day: number;
	type: string;
	patron?: string;
	project?: string;
	limit?: number | null;
	keep?: boolean;
}

export interface SlowScenario {
	config: Record<string, unknown>;
	projects: string[];
	events: SlowEvent[];
	draws?: number[];
}

interface SlowConfig {
	policy: string;
	pick: string | null;
	baseRate: number;
	limitDefault: number;
	warn: { mode: string; bp: number; micros: number };
	warnRepeat: string;
	buffer: { bp: number; patrons: number };
	expiryDays: number;
	minimumCharge: number;
	fee: { bp: number; fixedCents: number };
	feesWithinLimit: boolean;
	flapDays: number;
	wishlist: boolean;
	seed: number;
}

interface Pledge {
	state: 'none' | 'active' | 'suspended' | 'overBudget';
	since: number;
	sinceDay: number;
	firstDay: number;
	lostSeq: number;
	lostDay: number | null;
	flapFrom: number | null;
}

interface Patron {
	id: string;
	limit: bigint;
	left: boolean;
	owed: Map<string, bigint>;
	paid: bigint;
	fees: bigint;
	inZone: boolean;
	over: boolean;
	warnedMonth: number;
	pledges: Map<string, Pledge>;
	wishes: Map<string, string>;
	everLost: boolean;
}

const DEFAULTS: SlowConfig = {
	policy: 'drop-random',
	pick: null,
	baseRate: 1000,
	limitDefault: 10_000_000,
	warn: { mode: 'fraction', bp: 1000, micros: 0 },
	warnRepeat: 'entry',
	buffer: { bp: 1000, patrons: 100 },
	expiryDays: 30,
	minimumCharge: 3_790_000,
	fee: { bp: 290, fixedCents: 30 },
	feesWithinLimit: false,
	flapDays: 30,
	wishlist: false,
	seed: 1,
};

const sum = (values: Iterable<bigint>) => [...values].reduce((a, b) => a + b, 0n);

export function slowPledge(scenario: SlowScenario) {
	const config = { ...DEFAULTS, ...scenario.config };
	const b = BigInt(config.baseRate);
	const { projects } = scenario;
	const patrons = new Map<string, Patron>();
	const refused: [number, string][] = [];
	const triggers: Record<string, unknown>[] = [];
	const log: (string | number | null)[][] = [];
	const months: Record<string, unknown>[] = [];
	const matched = new Map(projects.map((id) => [id, 0n]));
	const paid = new Map(projects.map((id) => [id, 0n]));
	const retention = new Map(projects.map((id) => [id, [0, 0]]));
	const counts = {
		pledgesAccepted: 0, losses: 0, drops: 0, reinstatements: 0, expiries: 0, monthEndDrops: 0, flaps: 0,
		collateralLosses: 0, needlessLosses: 0, rounds: 0, roundsMax: 0, overLimitPatronMonths: 0,
	}; // prettier-ignore
	let lostLimitSum = 0n;
	let triggerLimitSum = 0n;
	let [net, gross] = [0n, 0n];
	let month = 0;
	let drawn = 0;

	const crowd = (project: string) =>
		BigInt([...patrons.values()].filter((one) => one.pledges.get(project)?.state === 'active').length);
	const active = (one: Patron) => projects.filter((project) => one.pledges.get(project)?.state === 'active');
	const projection = (one: Patron) => sum(active(one).map((project) => b * crowd(project)));
	const backers = (project: string) =>
		[...patrons.values()].filter((one) => one.pledges.get(project)?.state === 'active');
	const balance = (one: Patron) => sum(one.owed.values());
	const since = (one: Patron, project: string) => one.pledges.get(project)!.since;
	const grossOf = (cents: bigint) => {
		const top = 2n * (cents + BigInt(config.fee.fixedCents)) * 10_000n;
		const bottom = BigInt(10_000 - config.fee.bp);
		// twice the value, rounded to whole numbers: half goes to even
		const floor = top / (2n * bottom);
		const rest = top % (2n * bottom);
		return rest > bottom || (rest === bottom && floor % 2n === 1n) ? floor + 1n : floor;
	};
	const capOf = (limit: bigint) => {
		if (!config.feesWithinLimit) return limit / 10_000n;
		let low = 0n;
		let high = limit / 10_000n;
		while (low < high) {
			const middle = (low + high + 1n) / 2n;
			if (grossOf(middle) * 10_000n <= limit) low = middle;
			else high = middle - 1n;
		}
		return low;
	};
	const tooLow = (limit: bigint) => capOf(limit) * 10_000n < BigInt(config.minimumCharge);
	const pick = ['suspend', 'over-budget', 'favour-bigger'].includes(config.policy)
		? (config.pick ?? 'newest')
		: ({ 'drop-newest': 'newest', 'drop-oldest': 'oldest' }[config.policy] ?? 'random');
	const channels = (kind: string) => {
		if (kind === 'warning' || kind === 'overLimit') return 'email+site';
		if (kind === 'overBudget') return 'dashboard';
		if (kind === 'reinstated' && config.policy === 'over-budget') return '';
		return 'email+dashboard';
	};
	const luck = (purpose: number, project: string, one: Patron, seq: number) => {
		const words = new Uint32Array(2);
		threefry(config.seed, purpose + 256 * projects.indexOf(project), key32(one.id), seq, words);
		return words[0];
	};
	const draw = <T>(candidates: T[], word: (candidate: T) => number): T => {
		if (candidates.length === 1) return candidates[0];
		if (scenario.draws) return candidates[scenario.draws[drawn++] % candidates.length];
		return candidates.reduce((best, candidate) => (word(candidate) < word(best) ? candidate : best));
	};
	const waiting = () =>
		[...patrons.values()]
			.flatMap((one) => [...one.pledges].map(([project, pledge]) => ({ one, project, pledge })))
			.filter(({ pledge }) => pledge.state === 'suspended' || pledge.state === 'overBudget')
			.sort((x, y) => x.pledge.lostSeq - y.pledge.lostSeq);
	const wishAgain = (one: Patron, project: string, why: string) => {
		if (config.wishlist && !one.wishes.has(project)) one.wishes.set(project, why);
	};

	const judge = (event: SlowEvent): string | null => {
		const one = patrons.get(event.patron ?? '');
		const needsProject = ['pledge', 'unpledge', 'wish', 'unwish'].includes(event.type);
		if (event.type === 'join') {
			if (one && !one.left) return 'patron-exists';
			return event.limit != null && tooLow(BigInt(event.limit)) ? 'limit-too-low' : null;
		}
		if (event.type === 'monthEnd' || event.type === 'tick') return null;
		if (!one) return 'unknown-patron';
		const project = event.project ?? '';
		if (needsProject && !projects.includes(project)) return 'unknown-project';
		const state = one.pledges.get(project)?.state ?? 'none';
		switch (event.type) {
			case 'pledge':
				if (one.left) return 'patron-left';
				if (state === 'active') return 'already-pledged';
				if (projection(one) + b * (crowd(project) + 1n) > one.limit) return 'over-own-limit';
				if (config.policy === 'manual-refuse' && backers(project).some((j) => projection(j) + b > j.limit)) {
					return 'would-overrun-others';
				}
				return null;
			case 'unpledge':
				return state === 'none' ? 'not-pledged' : null;
			case 'setLimit': {
				const limit = BigInt(event.limit!);
				if (one.left) return 'patron-left';
				if (tooLow(limit)) return 'limit-too-low';
				return limit < one.limit && limit < projection(one) ? 'limit-below-match' : null;
			}
			case 'leave':
				return one.left ? 'patron-left' : null;
			case 'wish':
				if (one.left) return 'patron-left';
				if (!config.wishlist) return 'wishlist-off';
				if (state !== 'none') return 'already-pledged';
				return one.wishes.has(project) ? 'already-wished' : null;
			default:
				if (!config.wishlist) return 'wishlist-off';
				return one.wishes.has(project) ? null : 'not-wished';
		}
	};

	scenario.events.forEach((event, seq) => {
		const { day } = event;
		const note = (kind: string, one: Patron, project: string | null, on = day) =>
			log.push([seq, on, month, kind, one.id, project, channels(kind)]);
		const comeBack = (pledge: Pledge) => {
			if (pledge.flapFrom !== null && day - pledge.flapFrom <= config.flapDays) counts.flaps++;
			pledge.flapFrom = null;
		};

		if (config.policy === 'suspend') {
			for (const { one, project, pledge } of waiting()) {
				const due = pledge.lostDay! + config.expiryDays;
				if (due > day) continue;
				pledge.state = 'none';
				counts.drops++;
				counts.expiries++;
				note('expired', one, project, due);
				wishAgain(one, project, 'auto');
			}
		}

		const code = judge(event);
		if (code !== null) {
			refused.push([seq, code]);
			return;
		}
		const project = event.project ?? '';
		let one = patrons.get(event.patron ?? '')!;
		const pledge = one?.pledges.get(project);
		const lost: { one: Patron; project: string }[] = [];

		if (event.type === 'join') {
			if (one) {
				one.left = false;
				if (event.limit != null) one.limit = BigInt(event.limit);
			} else {
				one = {
					id: event.patron!, limit: BigInt(event.limit ?? config.limitDefault), left: false, owed: new Map(),
					paid: 0n, fees: 0n, inZone: false, over: false, warnedMonth: -1, pledges: new Map(), wishes: new Map(),
					everLost: false,
				}; // prettier-ignore
				patrons.set(one.id, one);
			}
		} else if (event.type === 'pledge') {
			const current: Pledge = pledge ?? {
				state: 'none', since: -1, sinceDay: -1, firstDay: day, lostSeq: -1, lostDay: null, flapFrom: null,
			}; // prettier-ignore
			one.pledges.set(project, current);
			Object.assign(current, { state: 'active', since: seq, sinceDay: day });
			comeBack(current);
			one.wishes.delete(project);
			counts.pledgesAccepted++;
			retention.get(project)![0]++;
		} else if (event.type === 'unpledge') {
			Object.assign(pledge!, { state: 'none', flapFrom: null });
			if (event.keep) wishAgain(one, project, 'manual');
		} else if (event.type === 'setLimit') one.limit = BigInt(event.limit!);
		else if (event.type === 'leave') {
			one.left = true;
			for (const each of one.pledges.values()) Object.assign(each, { state: 'none', flapFrom: null });
		} else if (event.type === 'wish') one.wishes.set(project, 'wish');
		else if (event.type === 'unwish') one.wishes.delete(project);
		else if (event.type === 'monthEnd') endMonth();

		if (event.type === 'pledge') {
			let rounds = 0;
			let trigger: { losses: object[]; flagged?: string[] } | null = null;
			for (;;) {
				rounds++;
				const over = backers(project)
					.filter((j) => projection(j) > j.limit)
					.sort((x, y) => since(x, project) - since(y, project));
				if (over.length === 0) break;
				const ids = over.map(({ id }) => id);
				trigger ??= { losses: [] };
				if (config.policy === 'manual-flag') {
					trigger.flagged = ids;
					break;
				}
				const loser =
					pick === 'newest' ? over[over.length - 1]
					: pick === 'oldest' ? over[0]
					: draw(over, (j) => luck(41, project, j, seq)); // prettier-ignore
				let gone = project;
				if (config.policy === 'drop-random-any') gone = draw(active(loser), (q) => luck(42, q, loser, seq));
				if (config.policy === 'favour-bigger') {
					const least = active(loser)
						.map(crowd)
						.reduce((x, y) => (x < y ? x : y));
					const smallest = active(loser).filter((q) => crowd(q) === least);
					smallest.sort((x, y) => since(loser, y) - since(loser, x));
					gone = smallest.includes(project) ? project : smallest[0];
				}
				trigger.losses.push({ overCount: ids.length, over: ids, patron: loser.id, project: gone });
				const its = loser.pledges.get(gone)!;
				Object.assign(its, { lostSeq: seq, lostDay: day, flapFrom: day });
				counts.losses++;
				retention.get(gone)![1]++;
				if (gone !== project) counts.collateralLosses++;
				loser.everLost = true;
				lostLimitSum += loser.limit;
				triggerLimitSum += one.limit;
				lost.push({ one: loser, project: gone });
				if (config.policy === 'suspend') {
					its.state = 'suspended';
					note('suspended', loser, gone);
				} else if (config.policy === 'over-budget') {
					its.state = 'overBudget';
					note('overBudget', loser, gone);
				} else {
					its.state = 'none';
					counts.drops++;
					note('autoDrop', loser, gone);
					wishAgain(loser, gone, 'auto');
				}
			}
			counts.rounds += rounds;
			counts.roundsMax = Math.max(counts.roundsMax, rounds);
			if (trigger) triggers.push({ seq, project, rounds, ...trigger });
		}

		for (const { one: who, project: where, pledge: what } of waiting()) {
			const after = crowd(where) + 1n;
			const share = (after * BigInt(config.buffer.bp) + 9_999n) / 10_000n;
			const patronsMore = BigInt(config.buffer.patrons);
			const more = config.policy === 'over-budget' ? 0n : share > patronsMore ? share : patronsMore;
			if (projection(who) + b * (after + more) > who.limit) continue;
			if (backers(where).some((j) => projection(j) + b > j.limit)) continue;
			what.state = 'active';
			counts.reinstatements++;
			comeBack(what);
			note('reinstated', who, where);
		}

		for (const each of patrons.values()) {
			const headroom = each.limit - projection(each);
			const close =
				config.warn.mode === 'fraction'
					? headroom * 10_000n < each.limit * BigInt(config.warn.bp)
					: headroom < BigInt(config.warn.micros);
			const aside = [...each.pledges.values()].some(({ state }) => state === 'overBudget');
			const inZone = aside || (active(each).length > 0 && close);
			if (inZone && !each.inZone && (config.warnRepeat === 'entry' || each.warnedMonth !== month)) {
				each.warnedMonth = month;
				note('warning', each, null);
			}
			each.inZone = inZone;
			const over = headroom < 0n;
			if (over && !each.over && config.policy === 'manual-flag') note('overLimit', each, null);
			each.over = over;
		}
		for (const { one: who, project: where } of lost) {
			if (who.pledges.get(where)!.state === 'active') continue;
			if (projection(who) + b * (crowd(where) + 1n) <= who.limit) counts.needlessLosses++;
		}
		if (event.type === 'monthEnd') month++;

		function endMonth() {
			const rows = new Map<string, Record<string, number>>();
			let [matchSum, limitSum] = [0n, 0n];
			for (const each of patrons.values()) {
				if (active(each).length === 0) continue;
				matchSum += projection(each);
				limitSum += each.limit;
				if (projection(each) > each.limit) counts.overLimitPatronMonths++;
				for (const q of active(each)) each.owed.set(q, (each.owed.get(q) ?? 0n) + b * crowd(q));
			}
			for (const q of projects) {
				const n = crowd(q);
				matched.set(q, matched.get(q)! + b * n * n);
				rows.set(q, { patrons: Number(n), value: Number(b * n), matched: Number(b * n * n), paid: 0 });
			}
			if (config.policy === 'over-budget') {
				for (const { one: who, project: where, pledge: what } of waiting()) {
					what.state = 'none';
					counts.drops++;
					counts.monthEndDrops++;
					note('monthEndDrop', who, where);
					wishAgain(who, where, 'auto');
				}
			}
			let [charged, monthNet, monthGross, carry] = [0, 0n, 0n, 0n];
			for (const each of patrons.values()) {
				if (each.left) continue;
				const due = balance(each);
				if (due >= BigInt(config.minimumCharge)) {
					const cap = capOf(each.limit);
					const cents = due / 10_000n < cap ? due / 10_000n : cap;
					const amount = cents * 10_000n;
					const whole = grossOf(cents) * 10_000n;
					const debts = projects.filter((q) => (each.owed.get(q) ?? 0n) > 0n);
					const shares = debts.map((q) => ({ q, part: (amount * each.owed.get(q)!) / due, rest: (amount * each.owed.get(q)!) % due })); // prettier-ignore
					let left = amount - sum(shares.map(({ part }) => part));
					for (const share of shares.toSorted((x, y) => (x.rest === y.rest ? 0 : x.rest < y.rest ? 1 : -1))) {
						if (left-- > 0n) share.part++;
					}
					for (const { q, part } of shares) {
						each.owed.set(q, each.owed.get(q)! - part);
						paid.set(q, paid.get(q)! + part);
						rows.get(q)!.paid += Number(part);
					}
					each.paid += amount;
					each.fees += whole - amount;
					charged++;
					monthNet += amount;
					monthGross += whole;
				}
				carry += balance(each);
			}
			net += monthNet;
			gross += monthGross;
			months.push({
				seq, day, month, projects: Object.fromEntries(rows), charged, net: Number(monthNet), gross: Number(monthGross),
				fees: Number(monthGross - monthNet), carry: Number(carry), matchSum: Number(matchSum), limitSum: Number(limitSum),
			}); // prettier-ignore
		}
	});

	const rowsWith = (channel: string) => log.filter((row) => String(row[6]).includes(channel)).length;
	const rowsOf = (kind: string) => log.filter((row) => row[3] === kind).length;
	const refusedBy: Record<string, number> = {};
	for (const [, code] of refused) refusedBy[code] = (refusedBy[code] ?? 0) + 1;
	const ratios = [...retention.values()].filter(([a]) => a > 0).map(([a, x]) => a / (a + x));
	const total = ratios.reduce((x, y) => x + y, 0);
	const everyone = [...patrons.values()];
	return {
		refused,
		triggers,
		log,
		months,
		final: {
			projects: Object.fromEntries(
				projects.map((id) => {
					const n = crowd(id);
					return [id, {
						patrons: Number(n), value: Number(b * n), income: Number(b * n * n),
						matched: Number(matched.get(id)), paid: Number(paid.get(id)),
					}]; // prettier-ignore
				}),
			),
			patrons: Object.fromEntries(
				everyone.map((one) => [one.id, {
					limit: Number(one.limit), left: one.left, match: Number(projection(one)),
					headroom: Number(one.limit - projection(one)), balance: Number(balance(one)),
					owed: Object.fromEntries([...one.owed].filter(([, debt]) => debt > 0n).map(([q, debt]) => [q, Number(debt)])),
					paid: Number(one.paid), fees: Number(one.fees), inZone: one.inZone,
					pledges: Object.fromEntries([...one.pledges].map(([q, its]) => [q, {
						state: its.state, sinceDay: its.state === 'none' ? null : its.sinceDay, firstDay: its.firstDay,
					}])),
					...(config.wishlist ? { wishlist: Object.fromEntries(one.wishes) } : {}),
				}]), // prettier-ignore
			),
		},
		metrics: {
			...counts,
			matched: Number(sum(matched.values())),
			net: Number(net),
			gross: Number(gross),
			fees: Number(gross - net),
			carry: Number(sum(everyone.filter(({ left }) => !left).map(balance))),
			uncollected: Number(sum(everyone.filter(({ left }) => left).map(balance))),
			refused: refusedBy,
			lossesPerPledge: counts.pledgesAccepted === 0 ? null : counts.losses / counts.pledgesAccepted,
			patronsEverLost: everyone.filter(({ everLost }) => everLost).length,
			warnings: rowsOf('warning'),
			overLimitNotices: rowsOf('overLimit'),
			emails: rowsWith('email'),
			siteNotices: rowsWith('site'),
			dashboardNotes: rowsWith('dashboard'),
			lostLimitSum: Number(lostLimitSum),
			triggerLimitSum: Number(triggerLimitSum),
			retention: Object.fromEntries(retention),
			jain:
				ratios.length === 0
					? null
					: (total * total) / (ratios.length * ratios.reduce((x, y) => x + y * y, 0)),
		},
	};
}
