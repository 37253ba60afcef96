/** How wide a text is about to be in the page's sans, before anything is drawn. */

const NARROW = /[ijltfrI.,:;|'!()[\]\s-]/;
const WIDE = /[mwMW@%◉]/;

/** @param sizePx of the type. Within a tenth of the truth for Latin; a CJK sign is a square. */
export function textWidth(text: string, sizePx: number): number {
  let em = 0;
  for (const sign of text) {
    if ((sign.codePointAt(0) ?? 0) > 0x2e7f) em += 1;
    else if (NARROW.test(sign)) em += 0.38;
    else if (WIDE.test(sign)) em += 0.92;
    else em += 0.63;
  }
  return em * sizePx;
}
