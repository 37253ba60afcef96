/** Chapter 13, the drills: see curriculum.test.ts. */
import { testChapters } from './curriculum-chapters.ts';

testChapters(13, 13);
