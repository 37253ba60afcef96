/** The texts of the metrics, which come with them. */
import { metricsEn, type MetricsDictionary } from '../../i18n/metrics.en.ts';
import { metricsZhCN } from '../../i18n/metrics.zh-CN.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

const dictionaries: Readonly<Record<LocaleName, MetricsDictionary>> = {
  en: metricsEn,
  'zh-CN': metricsZhCN,
};

export function metricsTexts(name: LocaleName): MetricsDictionary {
  return dictionaries[name];
}
