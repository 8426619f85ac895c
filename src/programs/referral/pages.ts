import { found, inputError } from '../input-error.ts';
import { readInteger } from './rule-fields.ts';

/** Which records a page holds; both indexes count from 0, are in the page, and are null on an empty board. */
export interface PageContext {
	readonly page: number;
	readonly recordsPerPage: number;
	readonly totalRecords: number;
	readonly totalPages: number;
	readonly hasNext: boolean;
	readonly hasPrev: boolean;
	readonly startIndex: number | null;
	readonly endIndex: number | null;
}

const MOST_PER_PAGE = 100;

/**
 * The page that a request names, 25 records a page unless it says otherwise (spec section 8). Throws
 * `page.invalid` for a bad parameter and `page.out-of-range` past the last page.
 */
export function pageOf(
	request: { readonly page?: unknown; readonly recordsPerPage?: unknown },
	totalRecords: number,
): PageContext {
	const { page: wanted = 1, recordsPerPage: size = 25 } = request;
	const page = readInteger(wanted);
	if (page === null || page < 1) {
		throw inputError(
			'page',
			`invalid page: ${found(wanted)}; must be a whole number from 1`,
			'page.invalid',
			{ path: ['page'] },
		);
	}
	const recordsPerPage = readInteger(size);
	if (recordsPerPage === null || recordsPerPage < 1 || recordsPerPage > MOST_PER_PAGE) {
		const message = `invalid page size: ${found(size)}; must be from 1 to ${MOST_PER_PAGE}`;
		throw inputError('recordsPerPage', message, 'page.invalid', { path: ['recordsPerPage'] });
	}
	const totalPages = Math.max(1, Math.ceil(totalRecords / recordsPerPage));
	if (page > totalPages) {
		throw inputError('page', `no such page: ${page}; the last is ${totalPages}`, 'page.out-of-range', {
			path: ['page'],
		});
	}
	const start = (page - 1) * recordsPerPage;
	return {
		page,
		recordsPerPage,
		totalRecords,
		totalPages,
		hasNext: page * recordsPerPage < totalRecords,
		hasPrev: page > 1,
		startIndex: totalRecords === 0 ? null : start,
		endIndex: totalRecords === 0 ? null : Math.min(start + recordsPerPage, totalRecords) - 1,
	};
}
