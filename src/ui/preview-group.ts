import type { GroupPreview, MetricGroup } from '#programs/report.ts';

/** A group with the row of the member previewed put in; the group itself where the preview is of another. */
export function previewGroup(group: MetricGroup, preview: GroupPreview | null): MetricGroup {
	const row = preview?.group === group.id ? group.ids.indexOf(preview.id) : -1;
	if (preview === null || row < 0) return group;
	const columns = group.columns.map((column) => {
		const value = preview.values.get(column.id);
		if (value === undefined) return column;
		return { ...column, values: column.values.with(row, value) };
	});
	return { ...group, columns };
}
