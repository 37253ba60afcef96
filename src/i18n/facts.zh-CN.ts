/** What the checkers say, in Simplified Chinese. Loaded with the first sentence of theirs. */
import { factsOfProtocolZhCN } from './facts-protocol.zh-CN.ts';
import { factsOfTreesZhCN } from './facts-trees.zh-CN.ts';
import { translatorOf } from './facts.ts';

export const factsZhCN = { ...factsOfProtocolZhCN, ...factsOfTreesZhCN };

export const factInZhCN = translatorOf(factsZhCN);
