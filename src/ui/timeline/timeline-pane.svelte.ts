/** What the pane keeps while another tab is in front of it. */
class TimelinePaneState {
  /** The tree of branches is unfolded. */
  unfolded: boolean = $state(false);
}

export const timelinePane = new TimelinePaneState();
