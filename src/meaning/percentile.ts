// What a percentile of numbers is.

/**
 * Of sorted numbers, at least one; `percent`: 0 to 100. Between neighbours where it falls between them, as SQL's percentile_cont does
 * and Splunk in the worked examples of its manual (of 1 to 10 `perc50` is 5.5, `perc95` 9.55): so does its digest of today
 * (limits.conf: `perc_digest_type = tdigest`); the nearest rank (`perc_method`) belongs to the older one.
 */
export function percentileOf(
  sorted: readonly number[],
  percent: number,
): number {
  const at = ((sorted.length - 1) * percent) / 100
  const low = sorted[Math.floor(at)]!
  const high = sorted[Math.ceil(at)]!
  return low + (high - low) * (at - Math.floor(at))
}
