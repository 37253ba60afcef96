/** Why work of the lab ended without a result. */

/** Somebody stopped it. The lab itself is loaded only when somebody hunts, so it goes by name. */
export function isStopped(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'LabStopped';
}

export function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
