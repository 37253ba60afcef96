/** Commands of the palette: every scenario by its name. */
import { SCENARIOS } from '../../lessons/scenarios/scenarios.ts';
import type { CommandSource } from '../shell/commands.ts';
import { scriptTexts } from './texts.ts';

export const scenarioCommands: CommandSource = ({ hands, locale }) =>
  SCENARIOS.map(({ id, words }) => ({
    id: `scenario ${id}`,
    group: 'scenarios',
    wanted: { kind: 'scenarios' },
    title: scriptTexts(locale.name).dialog.palette(words[locale.name].title),
    also: [words.en.title, words['zh-CN'].title, words[locale.name].summary].join(' '),
    run: () => hands.openScenarios(id),
  }));
