/** Commands of time, panes and the page itself. */
import type { Goal } from '../../worker/api.ts';
import type { CommandContext, CommandSource, PaletteCommand } from './commands.ts';
import type { Wanted } from '../operator/lock.svelte.ts';
import { obey } from './obey.ts';
import { offeredPanes, offeredPresets } from './panes.ts';
import type { Command } from './shortcuts.ts';
import { speedLabel, SPEEDS } from './speed.ts';
import { shellTexts } from './texts.ts';

export const pageCommands: CommandSource = (context) => [
  ...timeCommands(context),
  ...paneCommands(context),
  ...restOfPage(context),
];

function timeCommands(context: CommandContext): readonly PaletteCommand[] {
  const { playground, timeline, locale, hands } = context;
  const p = shellTexts(locale.name).palette;
  const rows = context.t.shortcuts.rows;
  const group = 'time';
  const key = (id: string, title: string, keys: string, command: Command): PaletteCommand => ({
    id,
    group,
    title,
    keys,
    wanted: command,
    run: () => obey(command, context, hands),
  });
  const until = (id: string, title: string, goal: Goal): PaletteCommand => ({
    id,
    group,
    title,
    wanted: { kind: 'goal' },
    run: () => void playground.runUntil(goal),
  });
  return [
    key('toggle', playground.running ? p.pause : p.play, 'Space', { kind: 'toggle' }),
    key('event', rows.event, '→', { kind: 'step', step: 'event' }),
    key('packet', rows.packet, '⇧ →', { kind: 'step', step: 'packet' }),
    key('notable', rows.interesting, 'N', { kind: 'step', step: 'interesting' }),
    key('phase', rows.phase, '⇧ N', { kind: 'step', step: 'phase' }),
    key('back', p.back, '←', { kind: 'back', step: 'event' }),
    key('undo', p.undo, 'Ctrl Z', { kind: 'undo' }),
    key('redo', p.redo, 'Ctrl ⇧ Z', { kind: 'redo' }),
    until('serves', p.untilServes, { kind: 'serves' }),
    until('leaderless', p.untilLeaderless, { kind: 'leaderless' }),
    { id: 'present', group, title: p.present, run: () => void timeline.toPresent() },
    { id: 'replay', group, title: p.replay, run: () => void timeline.replay() },
    ...SPEEDS.map((speed): PaletteCommand => ({
      id: `speed ${String(speed)}`,
      group,
      title: p.speed(speedLabel(speed, context.t.bar.speedAsFast)),
      run: () => void playground.setSpeed(speed),
    })),
  ];
}

function paneCommands({ layout, sizes, locale, t }: CommandContext): readonly PaletteCommand[] {
  const p = shellTexts(locale.name).palette;
  const names = t.layout.panes;
  const group = 'panes';
  return [
    ...offeredPresets.map((preset) => ({
      id: `preset ${preset}`,
      group: 'panes' as const,
      title: p.preset(t.layout.presets[preset]),
      also: preset,
      run: () => layout.choose(preset),
    })),
    ...offeredPanes.map((pane) => ({
      id: `show ${pane}`,
      group: 'panes' as const,
      title: p.show(names[pane]),
      also: pane,
      run: () => layout.reveal(pane),
    })),
    ...offeredPanes
      .filter((pane) => layout.isShown(pane))
      .map((pane) => ({
        id: `hide ${pane}`,
        group: 'panes' as const,
        title: p.hide(names[pane]),
        also: pane,
        run: () => layout.hide(pane),
      })),
    {
      id: 'reset panes',
      group,
      title: t.layout.reset,
      run: () => {
        layout.reset();
        sizes.resetAll(layout.preset);
      },
    },
  ];
}

/** Each opens something that hides the page for a while. */
function dialogCommands(context: CommandContext): readonly PaletteCommand[] {
  const { hands, locale, t } = context;
  const rows = t.shortcuts.rows;
  const open = (
    kind: Wanted['kind'],
    title: string,
    keys: string | null,
    run: () => void,
    also?: string,
  ): PaletteCommand => ({
    id: kind === 'copyMoment' ? 'copy moment' : kind,
    group: 'page',
    title,
    ...(keys === null ? {} : { keys }),
    ...(also === undefined ? {} : { also }),
    wanted: { kind } as Wanted,
    run,
  });
  return [
    open('ensemble', rows.ensemble, 'E', () => hands.openEnsemble()),
    open('reset', shellTexts(locale.name).palette.reset, null, () => hands.openReset()),
    open('bugs', rows.bugs, 'B', () => hands.openBugs()),
    open('scenarios', rows.scenarios, 'S', () => hands.openScenarios(null)),
    open('lessons', rows.lessons, '⇧ L', () => hands.openLessons(), 'tutorial learn 教程 学习'),
    open('share', rows.share, '⇧ S', () => hands.openShare()),
    open(
      'reference',
      rows.reference,
      'I',
      () => hands.openReference(),
      'glossary help zkcli 术语 参考',
    ),
    open('copyMoment', rows.copyMoment, null, () => hands.copyMoment()),
  ];
}

function restOfPage(context: CommandContext): readonly PaletteCommand[] {
  const { playground, hands, locale, theme, t } = context;
  const p = shellTexts(locale.name).palette;
  const rows = t.shortcuts.rows;
  const group = 'page';
  return [
    { id: 'new session', group, title: p.newSession, run: () => void playground.addClient() },
    {
      id: 'console',
      group,
      title: rows.console,
      keys: '/',
      run: () => obey({ kind: 'console' }, context, hands),
    },
    ...dialogCommands(context),
    { id: 'theme', group, title: rows.theme, keys: 'T', run: () => theme.toggle() },
    { id: 'contrast', group, title: p.contrast, run: () => theme.toggleContrast() },
    {
      id: 'language',
      group,
      title: `${t.bar.language}: ${t.bar.otherLanguage}`,
      also: 'language 语言 中文 english chinese',
      run: () => locale.toggle(),
    },
    { id: 'fullscreen', group, title: p.fullscreen, run: () => hands.toggleFullScreen() },
    { id: 'blackout', group, title: p.blackout, run: () => hands.blackOut() },
    { id: 'sheet', group, title: rows.sheet, keys: '?', run: () => hands.openShortcuts() },
    { id: 'tour', group, title: p.tour, also: 'help', run: () => hands.startTour() },
  ];
}
