import './lock-down.ts';
import * as Comlink from 'comlink';
import { Session } from './session.ts';
import { showLife } from './sign-of-life.ts';

Comlink.expose(new Session());
showLife();
