import { describe, expect, it } from 'vitest';
import { gatherMarks } from '../../src/ui/charts/gather-marks.ts';

const losses = (xs: readonly number[]) => xs.map((x) => ({ x, label: 'loss' }));

describe('marks of a chart', () => {
	it('stay as they are while few enough to tell apart', () => {
		const marks = losses([1, 2, 3]);
		expect(gatherMarks(marks, [0, 10], 3)).toEqual({ marks, binSize: 0 });
	});

	it('are counted by label in bins of a plain size', () => {
		const marks = [...losses([0, 10, 19, 30]), { x: 15, label: 'month end' }];
		expect(gatherMarks(marks, [0, 100], 5)).toEqual({ marks, binSize: 0 });
		expect(gatherMarks([...marks, ...losses([99])], [0, 100], 5)).toEqual({
			marks: [
				{ x: 10, label: '3 × loss, month end' },
				{ x: 30, label: 'loss' },
				{ x: 90, label: 'loss' },
			],
			binSize: 20,
		});
	});

	it('never lose one, and never need more bins than allowed', () => {
		for (const most of [3, 7, 24]) {
			for (const end of [0.7, 90, 1095, 3.2e9]) {
				const xs = Array.from({ length: 400 }, (_, i) => (i * end) / 399);
				const { marks, binSize } = gatherMarks(losses(xs), [0, end], most);
				const counted = marks.reduce(
					(sum, { label }) => sum + (label === 'loss' ? 1 : Number(label.split(' ')[0])),
					0,
				);
				expect(counted).toBe(400);
				expect(end / binSize).toBeLessThanOrEqual(most);
				expect(marks.length).toBeLessThanOrEqual(most + 1);
			}
		}
	});

	it('stay as they are on an axis without length', () => {
		const marks = losses([5, 5, 5]);
		expect(gatherMarks(marks, [5, 5], 1)).toEqual({ marks, binSize: 0 });
	});
});
