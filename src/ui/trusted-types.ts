/** The part of the Trusted Types API used here; TypeScript's own library lacks it. */
interface TrustedTypePolicies {
	createPolicy(name: string, rules: { createScriptURL(address: string): string }): unknown;
}

const { trustedTypes } = globalThis as unknown as { trustedTypes?: TrustedTypePolicies };

// the only addresses that scripts and workers come from are our own; markup from text stays refused
trustedTypes?.createPolicy('default', {
	createScriptURL(address) {
		if (new URL(address, location.href).origin !== location.origin) {
			throw new TypeError('a script from another origin was refused');
		}
		return address;
	},
});
