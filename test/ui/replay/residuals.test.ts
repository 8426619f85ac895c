import { describe, expect, it } from 'vitest';
import type { StudyResult } from '../../../src/programs/program.ts';
import { calibrationRows, isCalibrated } from '../../../src/ui/replay/interval-row.ts';
import { residualsByBrand } from '../../../src/ui/replay/residuals.ts';

/** A ledger of rows `[group, name, low, high, observed]`. */
function ledger(rows: readonly (readonly [string, string, number, number, number])[]): StudyResult {
	const text = (id: string, values: string[]) => ({ id, title: id, unit: 'text' as const, values });
	const number = (id: string, at: 2 | 3 | 4) => ({ id, title: id, unit: 'count' as const, values: Float64Array.from(rows, (row) => row[at]) }); // prettier-ignore
	const columns = [text('drop', rows.map((_, i) => `d${i}`)), text('group', rows.map(([group]) => group)), text('member', rows.map(([, name]) => name)), number('low', 2), number('high', 3), number('observed', 4)]; // prettier-ignore
	return { metrics: [], tables: [{ id: 'ledger.count', title: '', columns }], series: [], notices: [] };
}

describe('residualsByBrand', () => {
	it('places outcomes by their interval, ends at −1 and 1, the brand farthest off first', () => {
		const found = residualsByBrand(
			ledger([
				['brand', 'Chopt: selections', 10, 20, 20],
				['brand', 'Cava: selections', 10, 20, 30],
				['brand', 'Chopt: selections', 10, 20, 15],
				['city', 'Dallas: selections', 1, 2, 99],
			]),
		);
		expect(found.map(({ label }) => label)).toEqual(['Cava', 'Chopt']);
		expect(found[1].dots.map(({ place, isHeld }) => [place, isHeld])).toEqual([[1, true], [0, true]]); // prettier-ignore
		expect(found[0].dots.map(({ place, isHeld }) => [place, isHeld])).toEqual([[3, false]]);
	});

	it('gives an interval without width ends all the same', () => {
		const [{ dots }] = residualsByBrand(ledger([['brand', 'A: selections', 0, 0, 1]]));
		expect(dots[0]).toMatchObject({ place: 2, isHeld: false });
	});
});

describe('calibrationRows', () => {
	it('leave out what nobody observed, and tell a forecast inside the interval from one outside', () => {
		const column = (id: string, values: number[]) => ({ id, title: id, unit: 'ratio' as const, values: Float64Array.from(values) }); // prettier-ignore
		const rows = calibrationRows({
			id: 'calibration',
			title: '',
			columns: [
				{ id: 'group', title: '', unit: 'text', values: ['tenth 1', 'tenth 2', 'tenth 3'] },
				column('count', [50, 0, 12]),
				column('forecast', [0.1, NaN, 0.5]),
				column('observed', [0.12, NaN, 0.2]),
				column('low', [0.08, 0, 0.1]),
				column('high', [0.2, 1, 0.4]),
			],
		});
		expect(rows.map(({ label }) => label)).toEqual(['tenth 1', 'tenth 3']);
		expect(rows.map(isCalibrated)).toEqual([true, false]);
	});
});
