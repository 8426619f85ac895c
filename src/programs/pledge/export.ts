import type { Config } from '../levers.ts';
import { POLICIES_WITH_PICK, pledgeConfigSchema } from './levers.ts';

/** Names the form of an exported configuration. */
export const CONFIG_SCHEMA = 'pledge-config/1';

/**
 * The configuration as the live system takes it: the levers of spec section 10, all of them, without a pick that
 * the policy has no use for and with the danger zone by its mode only. Keys this program does not know stay.
 */
export function exportPledgeConfig(config: Config): Config {
	const { warn, pick, ...levers } = pledgeConfigSchema.parse(config);
	return {
		schema: CONFIG_SCHEMA,
		...levers,
		...(pick !== null && POLICIES_WITH_PICK.includes(levers.policy) ? { pick } : {}),
		warn:
			warn.mode === 'fraction' ? { mode: warn.mode, bp: warn.bp } : { mode: warn.mode, micros: warn.micros },
	};
}
