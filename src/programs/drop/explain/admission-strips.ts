import type { AdmissionStrip } from '../../report.ts';
import type { DropOutcome } from '../outcome.ts';
import type { DropRun } from '../simulate.ts';
import { pointsOfPair } from '../stages/points-of-pairs.ts';
import { admissionLine, pairOf } from './standing.ts';

/**
 * Who could have had contract c, by the points that it ranks users by: users above the cutoff, city by city,
 * those without anyone left out. With a user, her city alone, and her place in it (-1 below the cutoff).
 */
export function admissionStrips(run: DropRun, outcome: DropOutcome, c: number, user: number): AdmissionStrip[] {
	const { dataset } = run;
	const holds = new Set<number>();
	for (let a = 0; a < outcome.user.length; a++) if (outcome.contract[a] === c) holds.add(outcome.user[a]);
	const cities = user < 0 ? Array.from(dataset.cityIds.keys()) : [dataset.users.city[user]];
	return cities.flatMap((y): AdmissionStrip[] => {
		const people: { u: number; points: number }[] = [];
		for (let u = dataset.cityUserStart[y]; u < dataset.cityUserStart[y + 1]; u++) {
			const p = pairOf(run, u, c);
			if (p >= 0 && run.isAbove[p]) people.push({ u, points: pointsOfPair(run.brandScores, u, p) });
		}
		if (people.length === 0) return [];
		people.sort((a, b) => a.points - b.points || a.u - b.u);
		return [
			{
				label: dataset.cityNames[y],
				unit: 'points',
				values: Float64Array.from(people, ({ points }) => points),
				isIn: Uint8Array.from(people, ({ u }) => (holds.has(u) ? 1 : 0)),
				line: admissionLine(run, y, c),
				subject: people.findIndex(({ u }) => u === user),
			},
		];
	});
} // prettier-ignore
