import { DEFAULT, DONE, OPEN, STOPPED, type OfferEvent, type RefusalCode } from './events.ts';
import { issueInvoice, payInvoice, voidInvoice } from './stages/bill.ts';
import { consume } from './stages/consume.ts';
import { register } from './stages/grant.ts';
import { endOffer, openOffer } from './stages/resolve.ts';
import type { OfferState } from './state.ts';

/**
 * One step of the engine: applies an event to a state whose clock stands at the event's instant. Gives null,
 * or the code of the first check that fails; a refused event changes nothing (spec sections 8 and 9).
 */
export function applyEvent(state: OfferState, event: OfferEvent): RefusalCode | null {
	switch (event.kind) {
		case 'OFFER_CREATE':
			if (state.offerByName.has(event.offer)) return 'DUPLICATE_OFFER';
			openOffer(state, event, event.at);
			return null;
		case 'OFFER_STOP': {
			const o = state.offerByName.get(event.offer);
			if (o === undefined) return 'UNKNOWN_OFFER';
			if (state.offerStatus[o] === DONE) return 'OFFER_NOT_ACTIVE';
			if (state.offerStatus[o] === DEFAULT) return 'DEFAULT_CANNOT_STOP';
			endOffer(state, o, event.at, STOPPED);
			return null;
		}
		case 'SIGNUP': {
			if (state.userByName.has(event.user)) return 'DUPLICATE_USER';
			if (event.referrer === event.user) return 'SELF_REFERRAL';
			const referrer = event.referrer === null ? -1 : state.userByName.get(event.referrer);
			if (referrer === undefined) return 'UNKNOWN_REFERRER';
			register(state, event.user, referrer, event.at);
			return null;
		}
		case 'INVITE_SENT': {
			const u = state.userByName.get(event.user);
			if (u === undefined) return 'UNKNOWN_USER';
			state.userInvitesSent[u] += event.count;
			return null;
		}
		case 'PROJECT_CREATE': {
			const u = state.userByName.get(event.user);
			if (u === undefined) return 'UNKNOWN_USER';
			if (state.projectByName.has(event.project)) return 'DUPLICATE_PROJECT';
			state.projectByName.set(event.project, state.projectId.length);
			state.projectId.push(event.project);
			state.projectCreator.push(u);
			return null;
		}
		case 'USAGE': {
			const u = state.userByName.get(event.user);
			if (u === undefined) return 'UNKNOWN_USER';
			const project = state.projectByName.get(event.project);
			if (project === undefined) return 'UNKNOWN_PROJECT';
			consume(state, u, project, event.cents, event.at);
			return null;
		}
		case 'INVOICE_ISSUE': {
			const u = state.userByName.get(event.user);
			if (u === undefined) return 'UNKNOWN_USER';
			if (state.invoiceByName.has(event.invoice)) return 'DUPLICATE_INVOICE';
			issueInvoice(state, event.invoice, u, event.at);
			return null;
		}
		case 'INVOICE_PAY':
		case 'INVOICE_FAIL':
		case 'INVOICE_VOID': {
			const i = state.invoiceByName.get(event.invoice);
			if (i === undefined) return 'UNKNOWN_INVOICE';
			if (state.invoiceState[i] !== OPEN) return 'INVOICE_NOT_OPEN';
			if (event.kind === 'INVOICE_PAY') payInvoice(state, i, event.at);
			else if (event.kind === 'INVOICE_VOID') voidInvoice(state, i, event.at);
			else state.invoiceFailures[i]++;
			return null;
		}
	}
}
