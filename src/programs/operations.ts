import type { Config } from './levers.ts';
import type { OnStage } from './program.ts';
import type { Report } from './report.ts';
import type { ScenarioContent } from './tables.ts';

/** A Slack message in Block Kit; `text` is what notifications and screen readers use. */
export interface SlackMessage {
	readonly text: string;
	readonly blocks: readonly SlackBlock[];
}

export type SlackBlock =
	| { readonly type: 'header'; readonly text: SlackPlainText }
	| { readonly type: 'section'; readonly text?: SlackMarkdown; readonly fields?: readonly SlackMarkdown[] }
	| { readonly type: 'context'; readonly elements: readonly SlackMarkdown[] };

export interface SlackPlainText {
	readonly type: 'plain_text';
	readonly text: string;
}

export interface SlackMarkdown {
	readonly type: 'mrkdwn';
	readonly text: string;
}

/** A message that production posts, as it would be of this run. */
export interface PackMessage {
	readonly id: string;
	readonly title: string;
	readonly message: SlackMessage;
}

/** A condition of the alerting service, in words, as a query and as code. */
export interface PackAlert {
	readonly id: string;
	readonly title: string;
	readonly description: string;
	/** NRQL */
	readonly query: string;
	/** when it rings: `above 168 for 5 minutes` */
	readonly rule: string;
	/** as the service's interface takes it */
	readonly condition: object;
}

/** A signal that the live system sends while it works. */
export interface PackPing {
	readonly id: 'start' | 'success' | 'failure';
	readonly when: string;
	/** what is posted */
	readonly body: object;
}

/** What goes to operations with a configuration. */
export interface OperationsPack {
	readonly messages: readonly PackMessage[];
	readonly alerts: readonly PackAlert[];
	readonly pings: readonly PackPing[];
	/** what the service would refuse; empty for a good pack */
	readonly problems: readonly string[];
}

/** An alert tried on data that must trip it and on the nearest data that must not. */
export interface RehearsalResult {
	readonly alert: string;
	readonly title: string;
	/** what the first data shows */
	readonly help: string;
	/** titles of the alerts that rang for the one and for the other */
	readonly tripped: readonly string[];
	readonly quiet: readonly string[];
	/** it rang alone for the one, and nothing rang for the other */
	readonly isPassed: boolean;
}

/** For programs that production watches. */
export interface OperationsSpec {
	pack(content: ScenarioContent, report: Report): OperationsPack;
	/** Tries every alert, with the limits of a configuration; the same each time. */
	rehearse(config: Config, onStage?: OnStage): readonly RehearsalResult[];
	/** Data of the rehearsals, by file name, for trying them elsewhere. */
	rehearsalData(config: Config): readonly { readonly name: string; readonly content: ScenarioContent }[];
}
