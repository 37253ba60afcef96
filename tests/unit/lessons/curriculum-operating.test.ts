/** Chapters 10 to 12, and what comes behind the drills: see curriculum.test.ts. */
import { testChapters } from './curriculum-chapters.ts';

testChapters(10, 12);
testChapters(14, 15);
