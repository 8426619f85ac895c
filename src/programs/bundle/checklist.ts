import type { Approval } from './bundle-schema.ts';

/** One thing that someone must agree to before an export. */
export interface ChecklistItem {
	readonly role: string;
	readonly title: string;
	readonly help: string;
}

/** What is agreed to before an export, in the order shown. */
export const checklist: readonly ChecklistItem[] = [
	{ role: 'sales', title: 'Sales', help: 'Brands get what their contracts promise.' },
	{ role: 'growth', title: 'Growth', help: 'Users who lose or gain something were looked at.' },
	{ role: 'marketplace', title: 'Marketplace', help: 'Ratios, supply and money are as intended.' },
	{ role: 'test-drop', title: 'Test Drop run', help: 'A run on a copy of production ended as forecast.' },
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

/** How every item stands for the content of that hash; of several approvals the one that comes last counts. */
export function checklistState(approvals: readonly Approval[], contentHash: string): ChecklistState[] {
	return checklist.map((item) => {
		const own = approvals.filter(({ role }) => role === item.role);
		const approval = own.findLast((each) => each.contentHash === contentHash) ?? null;
		const voided = own.findLast((each) => each.contentHash !== contentHash) ?? null;
		return { ...item, approval, voided };
	});
}
