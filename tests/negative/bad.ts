/** Known bad, on purpose: the type check must fail on this file, or it checks nothing. */
export const wrong: number = 'a string';
