/** Whether fields come with a sentence of explanation: one choice for all of the inspector. */
export const explaining: { on: boolean } = $state({ on: false });
