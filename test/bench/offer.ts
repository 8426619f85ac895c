import { benchOffer } from './instances/offer-runs.ts';

benchOffer();
