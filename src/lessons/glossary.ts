/**
 * What the words mean that lessons use. A term is added here, in both languages, before a text may
 * link to it.
 */
import { DATA_TERMS } from './glossary/data.ts';
import type { Entries } from './glossary/entry.ts';
import { OPERATING_TERMS } from './glossary/operating.ts';
import { PROTOCOL_TERMS } from './glossary/protocol.ts';

export type { Entry } from './glossary/entry.ts';

export const GLOSSARY: Entries = { ...DATA_TERMS, ...PROTOCOL_TERMS, ...OPERATING_TERMS };
