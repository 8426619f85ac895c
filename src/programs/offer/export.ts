import type { Config } from '../levers.ts';
import { readOfferConfig } from './read-config.ts';

/**
 * The document the live system takes: the offer plan with its defaults and rules. What only rehearses it, the
 * model, the seed and the mode, is left out; read back, those have their defaults.
 */
export function exportOffer(document: Config): Config {
	const { program, version, rules, freeTier, referral, plan } = readOfferConfig(document).config;
	return { program, version, rules, freeTier, referral, plan };
}
