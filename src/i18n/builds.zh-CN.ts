/** Simplified Chinese. */
import type { BuildsDictionary } from './builds.en.ts';

export const buildsZhCN: BuildsDictionary = {
  ready: '本页面有新版本。请在方便时重新加载：届时所有服务器会断电，只存在于内存中的运行会丢失。',
  newer: '页面的一部分无法加载，因为服务器上已是更新的版本。请重新加载页面。',
  unreachable: '页面的一部分无法加载：无法连接到服务器。恢复连接后请重试。',
  reload: '重新加载',
};
