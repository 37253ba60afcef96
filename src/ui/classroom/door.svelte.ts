/** Whether the classroom is open, and at which of its tabs: anything on the page may open it. */
export type ClassroomTab = 'make' | 'assign' | 'handIn' | 'verify';

class Door {
  tab: ClassroomTab | null = $state(null);
}

export const door = new Door();
