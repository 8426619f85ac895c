/** A slow, obvious validator of the JSON Schema keywords that the bundle's schema uses; any other keyword throws. */
export function accepts(schema: unknown, value: unknown): boolean {
	if (typeof schema === 'boolean') return schema;
	const node = schema as Record<string, unknown>;
	return Object.entries(node).every(([keyword, rule]) => {
		switch (keyword) {
			case '$schema':
			case '$id':
			case 'title':
			case 'description':
				return true;
			case 'type':
				return [rule]
					.flat()
					.some((type) => type === typeOf(value) || (type === 'integer' && Number.isInteger(value)));
			case 'const':
				return Object.is(value, rule);
			case 'enum':
				return (rule as unknown[]).includes(value);
			case 'pattern':
				return typeof value !== 'string' || new RegExp(rule as string, 'u').test(value);
			case 'minimum':
				return typeof value !== 'number' || value >= (rule as number);
			case 'maximum':
				return typeof value !== 'number' || value <= (rule as number);
			case 'anyOf':
				return (rule as unknown[]).some((option) => accepts(option, value));
			case 'items':
				return !Array.isArray(value) || value.every((item) => accepts(rule, item));
			case 'required':
				return !isObject(value) || (rule as string[]).every((key) => Object.hasOwn(value, key));
			case 'properties':
				return !isObject(value) || Object.entries(rule as object).every(([key, child]) => !Object.hasOwn(value, key) || accepts(child, value[key])); // prettier-ignore
			case 'propertyNames':
				return !isObject(value) || Object.keys(value).every((key) => accepts(rule, key));
			case 'additionalProperties': {
				const own = Object.keys(node.properties ?? {});
				return !isObject(value) || Object.keys(value).every((key) => own.includes(key) || accepts(rule, value[key])); // prettier-ignore
			}
			default:
				throw new Error(`unknown keyword: ${keyword}`);
		}
	});
}

function typeOf(value: unknown): string {
	return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeOf(value) === 'object';
}
