import type { Approval } from './bundle-schema.ts';

/** One thing that someone must agree to before an export. */
export interface ChecklistItem {
	readonly role: string;
	readonly title: string;
	readonly help: string;
}

/** Words of single items in place of the general ones, by role. */
export type ChecklistWords = Readonly<Record<string, Partial<Pick<ChecklistItem, 'title' | 'help'>>>>;

/** What is agreed to before an export of any program, in the order shown. */
export const checklist: readonly ChecklistItem[] = [
	{ role: 'sales', title: 'Sales', help: 'Customers and partners get what they were promised.' },
	{ role: 'growth', title: 'Growth', help: 'Those who lose or gain something were looked at.' },
	{ role: 'marketplace', title: 'Marketplace', help: 'Limits and money are as intended.' },
	{ role: 'test-drop', title: 'Test run', help: 'A run on a copy of production ended as forecast.' },
	{ role: 'alerts', title: 'Alerts rehearsed', help: 'Each alert was tripped once, and reached its people.' },
	{ role: 'review', title: 'Results reviewed', help: 'Someone else read the plan from top to bottom.' },
];

/** An item of the checklist and how it stands for one content. */
export interface ChecklistState extends ChecklistItem {
	/** the newest approval of exactly this content */
	readonly approval: Approval | null;
	/** the newest one of anything else: voided by an edit */
	readonly voided: Approval | null;
}

/**
 * How every item stands for the content of that hash, in the words of the program where it has its own; of several
 * approvals the one that comes last counts.
 */
export function checklistState(
	approvals: readonly Approval[],
	contentHash: string,
	words: ChecklistWords = {},
): ChecklistState[] {
	return checklist.map((general) => {
		const item = { ...general, ...words[general.role] };
		const own = approvals.filter(({ role }) => role === item.role);
		const approval = own.findLast((each) => each.contentHash === contentHash) ?? null;
		const voided = own.findLast((each) => each.contentHash !== contentHash) ?? null;
		return { ...item, approval, voided };
	});
}
