/** A program behind a port of messages, with the wall's clock at its back. */
import type { ProgramAnswer, ProgramTurn } from '../sim/program/model.ts';
import { TURN_MAX, type ProgramPort } from './programs.ts';

/** @param patience milliseconds that one turn may take. */
export function openProgramPort(port: MessagePort, patience: number = TURN_MAX): ProgramPort {
  let answered: (answer: ProgramAnswer | null) => void = () => undefined;
  let isOver = false;
  port.onmessage = ({ data }: MessageEvent<ProgramAnswer>) => answered(data);
  return {
    ask: (turn: ProgramTurn) =>
      new Promise((resolve) => {
        if (isOver) return resolve(null);
        const alarm = setTimeout(() => resolve(null), patience);
        answered = (answer) => {
          clearTimeout(alarm);
          resolve(answer);
        };
        port.postMessage(turn);
      }),
    hangUp: () => {
      isOver = true;
      answered(null);
      port.close();
    },
  };
}
