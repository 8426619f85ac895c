import type { ColumnSpec } from '#programs/tables.ts';
import { LIMITS } from './limits.ts';

/** What a column holds, as a noun for messages: "whole number", "time". */
export function columnNoun(column: ColumnSpec): string {
	switch (column.kind) {
		case 'id':
			return 'id';
		case 'text':
			return column.values ? 'word' : 'text';
		case 'integer':
			return 'whole number';
		case 'real':
			return 'number';
		case 'boolean':
			return 'truth value';
		case 'time':
			return 'time';
		case 'json':
			return 'JSON';
		case 'vector':
			return 'vector';
	}
}

/** What would do in a column, for messages: "must be a whole number from 0 to 100". */
export function expectation(column: ColumnSpec): string {
	return `must be ${allowed(column)}${column.nullable ? ', or empty' : ''}`;
}

function allowed(column: ColumnSpec): string {
	switch (column.kind) {
		case 'id':
			return `text of 1 to ${LIMITS.idBytes} bytes`;
		case 'text':
			return column.values
				? `one of ${column.values.join(', ')}`
				: `text of at most ${LIMITS.textLength} characters`;
		case 'integer':
			return `a whole number${range(column) || ' of at most 9007199254740991'}`;
		case 'real':
			return `a finite number${range(column)}`;
		case 'boolean':
			return 'true or false';
		case 'time':
			return 'a UTC time such as 2026-03-17T15:00:00Z';
		case 'json':
			return 'a JSON document';
		case 'vector':
			return `a list of 1 to ${LIMITS.vectorLength} numbers${range(column)}, null or none where there is no number`;
	}
}

function range(column: ColumnSpec): string {
	if (column.min !== undefined && column.max !== undefined) return ` from ${column.min} to ${column.max}`;
	if (column.min !== undefined) return ` of at least ${column.min}`;
	if (column.max !== undefined) return ` of at most ${column.max}`;
	return '';
}
