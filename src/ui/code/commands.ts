/** Commands of the palette: every sample program by its name. */
import { SAMPLES } from '../../lessons/samples/samples.ts';
import type { CommandSource } from '../shell/commands.ts';
import { codeTexts } from './texts.ts';
import { workshopOf } from './workshop.svelte.ts';

export const sampleCommands: CommandSource = ({ playground, layout, locale }) =>
  SAMPLES.map((sample) => ({
    id: `program ${sample.id}`,
    group: 'scenarios',
    title: codeTexts(locale.name).palette(sample.words[locale.name].title),
    also: [
      sample.words.en.title,
      sample.words['zh-CN'].title,
      sample.words[locale.name].summary,
    ].join(' '),
    run: () => {
      workshopOf(playground, locale.name).addSample(sample, locale.name);
      layout.reveal('code');
    },
  }));
