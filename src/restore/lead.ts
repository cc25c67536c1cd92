import type { InstancePolicy } from './policy.ts';

/** The least minutes between the last notice and the start: of an urgent request they may be fewer, never more. */
export function leadMinutesFor(
  { noticeLeadMinutes, urgentNoticeLeadMinutes }: Pick<InstancePolicy, 'noticeLeadMinutes' | 'urgentNoticeLeadMinutes'>,
  isUrgent: boolean,
): number {
  return isUrgent ? Math.min(noticeLeadMinutes, urgentNoticeLeadMinutes ?? noticeLeadMinutes) : noticeLeadMinutes;
}
