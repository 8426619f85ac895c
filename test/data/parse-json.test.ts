import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkJson, decodeText, parseJson } from '#data/parse-json.ts';
import { InputError } from '#programs/input-error.ts';

function refusal(call: () => unknown): string {
	try {
		call();
	} catch (error) {
		if (error instanceof InputError)
			return `${error.issues[0].at} | ${error.issues[0].message} [${error.issues[0].code}]`;
		throw error;
	}
	return 'accepted';
}

/** Does the platform's own parser take a text? */
function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

describe('checkJson', () => {
	it('takes every text that JSON.stringify gives', () => {
		const property = fc.property(
			fc.jsonValue({ maxDepth: 6 }),
			fc.constantFrom(undefined, 1, '\t'),
			(value, indent) => {
				const text = JSON.stringify(value, null, indent);
				expect(checkJson(text)).toBeNull();
				expect(parseJson(text, 'f')).toEqual(JSON.parse(text));
			},
		);
		fc.assert(property, { seed: 1, numRuns: 500 });
	});

	it('agrees with the platform on mutated texts, save for what it refuses on purpose', () => {
		const snippet = fc.constantFrom(
			'{',
			'}',
			'[',
			']',
			',',
			':',
			'"',
			'\\',
			'\\u00',
			'0',
			'-',
			'.',
			'e',
			'+',
			'nul',
			'true',
			' ',
			'\n',
			'\t',
			'\0',
			'x',
		);
		const property = fc.property(
			fc.jsonValue({ maxDepth: 3 }),
			fc.nat(),
			fc.nat(3),
			snippet,
			(value, at, cut, extra) => {
				const text = JSON.stringify(value);
				const i = at % (text.length + 1);
				const mutant = text.slice(0, i) + extra + text.slice(i + cut);
				const fault = checkJson(mutant);
				if (fault === null || fault.code === 'import.json') expect(fault === null).toBe(isJson(mutant));
				if (fault !== null) expect(fault.index).toBeLessThanOrEqual(mutant.length);
			},
		);
		fc.assert(property, { seed: 1, numRuns: 5000 });
	});

	it.each([
		'',
		' ',
		'01',
		'1.',
		'.5',
		'+1',
		'1e',
		'-',
		'NaN',
		'Infinity',
		'[1,]',
		'{"a":1,}',
		'{a:1}',
		"'a'",
		'"\t"',
		'"\\x"',
		'"\\u12g4"',
		'"open',
		'[',
		'{',
		'{"a"',
		'{"a":',
		'1 2',
		'nulll',
		'[1}',
		'{"a":1]',
		'\uFEFF1',
		'//c\n1',
	])('refuses %j', (text) => {
		expect(checkJson(text)).toMatchObject({ code: 'import.json' });
		expect(isJson(text)).toBe(false);
	});

	it('says line and column of a fault, what it found and what would do', () => {
		expect(refusal(() => parseJson('{\n "a": 1,\n "b" 2\n}', 'x.json'))).toBe(
			'x.json:3:6 | invalid JSON: found "2"; must be ":"; correct it or export the file again [import.json]',
		);
		expect(refusal(() => parseJson('[1,\n', 'x.json'))).toContain(
			'x.json:2:1 | invalid JSON: found the end of the file',
		);
	});

	it('takes 64 levels and refuses 65, or a million, without running out of stack', () => {
		expect(checkJson('['.repeat(64) + ']'.repeat(64))).toBeNull();
		expect(checkJson('['.repeat(65) + ']'.repeat(65))).toMatchObject({ code: 'import.depth', index: 64 });
		expect(checkJson('{"a":'.repeat(1_000_000))).toMatchObject({ code: 'import.depth' });
		expect(checkJson('['.repeat(1_000_000))).toMatchObject({ code: 'import.depth' });
	});

	it('refuses a key twice, also when written with escapes or among many', () => {
		expect(checkJson('{"a":1,"b":{"a":2}}')).toBeNull();
		expect(checkJson('{"a":1,"\\u0061":2}')).toMatchObject({ code: 'import.duplicate', index: 7 });
		expect(checkJson('{"__proto__":1,"__proto__":2}')).toMatchObject({ code: 'import.duplicate' });
		const many = Array.from({ length: 100 }, (_, i) => `"k${i}":0`).join(',');
		expect(checkJson(`{${many}}`)).toBeNull();
		expect(checkJson(`{${many},"k3":0}`)).toMatchObject({ code: 'import.duplicate' });
	});

	it('refuses half a character, raw or escaped, in values and keys', () => {
		expect(checkJson('"\ud83d\ude00 \\ud83d\\ude00"')).toBeNull();
		for (const text of ['"\ud83d"', '"\\ud83d"', '["\\ude00\\ud83d"]', '{"\\ud83d":1}', '{"a\ude00":1}']) {
			expect(checkJson(text)).toMatchObject({ code: 'import.text' });
		}
	});

	it('keeps __proto__ a key like any other', () => {
		const parsed = parseJson('{"__proto__": {"polluted": true}}', 'f') as object;
		expect(Object.keys(parsed)).toEqual(['__proto__']);
		expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
		expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
	});

	it('is linear: ten megabytes of quotes, keys or escapes take no time to speak of', () => {
		const texts = [
			`"${'\\u0061'.repeat(1_700_000)}"`,
			`{${Array.from({ length: 700_000 }, (_, i) => `"${i}":"\\u0061"`).join(',')}}`,
			' '.repeat(10_000_000),
		];
		const start = performance.now();
		expect(texts.map((text) => checkJson(text) === null)).toEqual([true, true, false]);
		expect(performance.now() - start).toBeLessThan(20_000);
	});
});

describe('decodeText', () => {
	it('refuses what is not UTF-8 and skips a byte order mark', () => {
		expect(refusal(() => decodeText(Uint8Array.of(0x22, 0xc3, 0x28), 'a.csv'))).toContain('not UTF-8');
		expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x31), 'a.json')).toBe('1');
	});
});
