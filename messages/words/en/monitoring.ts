/** What the monitoring of the instance was asked, and what came of it. */
export const monitoring = {
  silencing: (at: string) => `… Monitoring was asked to be silent ${at}`,
  silenced: (at: string) => `✓ Monitoring silenced ${at}; the bot ends that when the restore is over`,
  notSilenced: (why: string) => `⚠ Monitoring was not silenced (${why}): alerts of this restore may page somebody`,
  resuming: (at: string) => `… Monitoring was asked to resume ${at} and has not said yes; the bot keeps asking`,
  resumed: (at: string) => `✓ Monitoring resumed ${at}`,
  notResumed: (why: string) => `⚠ Monitoring may be silenced still (${why}): end the silence by hand`,
};
