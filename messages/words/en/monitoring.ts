/** What the monitoring of the instance was asked, and what came of it. */
export const monitoring = {
  silencing: (at: string) => `… Monitoring was asked to be silent ${at}`,
  silenced: (at: string) => `✓ Monitoring silenced ${at}; the bot ends that when the restore is over`,
  notSilenced: (why: string) => `⚠ Monitoring was not silenced (${why}): alerts of this restore may page somebody`,
  resuming: (at: string) => `… Monitoring was asked to resume ${at} and has not said yes; the bot keeps asking`,
  resumed: (at: string) => `✓ Monitoring resumed ${at}`,
  resumedEarly: (at: string) =>
    `✓ Monitoring resumed ${at}; it is asked once more in a moment, since the call to silence it had no answer and may arrive late`,
  notResumed: (why: string) => `⚠ Monitoring may be silenced still (${why}): end the silence by hand`,
};
