/** The chapters, in their order. A chapter's folder is its number and its id. */
import { words, type Words } from '../engine/lesson.ts';

export interface Chapter {
  readonly id: string;
  readonly title: Words;
}

export const CHAPTERS: readonly Chapter[] = [
  { id: 'first-contact', title: words('First contact', '初次接触') },
  { id: 'znodes', title: words('ZNodes', 'ZNode') },
  { id: 'sessions', title: words('Sessions', 'Session') },
  { id: 'watches', title: words('Watches', 'Watch') },
  { id: 'broadcast', title: words('Broadcast', '广播') },
  { id: 'election', title: words('Election', '选举') },
  { id: 'recovery', title: words('Recovery', '恢复') },
  { id: 'partitions', title: words('Partitions', '网络分区') },
  { id: 'reading', title: words('Reading', '读取') },
  { id: 'disks', title: words('Disks', '磁盘') },
  { id: 'operating', title: words('Operating', '运维') },
  { id: 'recipes', title: words('Recipes', '配方') },
  { id: 'drills', title: words('Troubleshooting drills', '故障排查演练') },
  { id: 'bug-hunt', title: words('Bug hunt', '找 bug') },
  { id: 'boss', title: words('Boss levels', '终极关卡') },
];
