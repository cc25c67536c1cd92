import { z } from 'zod';
import { WEEKDAYS } from '../restore/calendar-times.ts';
import { oneApprover } from '../restore/rules-needed.ts';
import { HISTORY_OF, STAGES, type Terms } from '../restore/terms.ts';
import { count, text } from './stored-values.ts';

/** People named by the rules. */
export const peopleRule = z.strictObject({
  users: z.array(text),
  groups: z.array(text),
  onCall: z.array(text).exactOptional(),
});

/** Who must agree. */
export const approvalTerms = z.strictObject({
  rules: z.array(
    peopleRule.extend({ name: text, needed: z.number(), escalatesTo: z.array(z.enum(STAGES)).exactOptional() }),
  ),
  denialsNeeded: z.number(),
});

const reminders = z.strictObject({
  afterMinutes: z.array(z.number()),
  nudges: z.strictObject({ everyMinutes: z.number(), most: z.number() }),
  escalation: z.array(peopleRule.extend({ stage: z.enum(STAGES), afterMinutes: z.number() })),
  workingHours: z.strictObject({ days: z.array(z.enum(WEEKDAYS)), from: text, to: text }).exactOptional(),
});

const minutesRange = { fromMinutes: z.number(), toMinutes: z.number() };
/** The bot's default, which a record of the first release did not keep. */
const FIRST_RELEASE_EXPIRY_MINUTES = 60;

/** The first release knew one rule, `approvers`, of which one person was enough. */
export const terms = z
  .strictObject({
    approval: approvalTerms.exactOptional(),
    approvers: peopleRule.exactOptional(),
    overrideApprovers: peopleRule.exactOptional(),
    approvalsChannel: text,
    auditChannel: text.exactOptional(),
    requestExpiryMinutes: z.number().default(FIRST_RELEASE_EXPIRY_MINUTES),
    executionExpiryMinutes: z.number(),
    reminders: reminders.exactOptional(),
    noticeLeadMinutes: z.number(),
    usualNoticeLeadMinutes: z.number().exactOptional(),
    contact: text,
    actionRequired: text,
    objectives: z.strictObject({ rpoMinutes: z.number().exactOptional(), rtoMinutes: z.number().exactOptional() }),
    estimate: z.discriminatedUnion('basis', [
      z.strictObject({ ...minutesRange, basis: z.enum(['configured', 'rule-of-thumb']) }),
      z.strictObject({ ...minutesRange, basis: z.literal('history'), runs: z.number(), of: z.enum(HISTORY_OF) }),
    ]),
    receipt: z.strictObject({ refreshMinutes: z.number() }).exactOptional(),
    dependants: z.array(
      z.strictObject({
        name: text,
        owner: text.exactOptional(),
        users: z.array(text).exactOptional(),
        groups: z.array(text).exactOptional(),
        channel: text.exactOptional(),
        channelToo: z.literal(true).exactOptional(),
      }),
    ),
    stakeholders: peopleRule.extend({ channelsToo: z.literal(true).exactOptional() }).exactOptional(),
    addedStakeholders: peopleRule.exactOptional(),
    objections: z.enum(['hold', 'tell']).exactOptional(),
    updateMinutes: z.number().exactOptional(),
    fileLoadMinutes: z.number().exactOptional(),
    samePeople: z.array(z.array(text)),
    delegation: z.enum(['allowed', 'forbidden']).exactOptional(),
    mayActFor: z.array(z.array(text)).exactOptional(),
    lossBoundMinutes: z.number().exactOptional(),
    monthlyCap: z.number().exactOptional(),
    previews: z.literal(true).exactOptional(),
    policyHash: text.exactOptional(),
    retentionDays: count.exactOptional(),
  })
  .transform(({ approval, approvers, ...kept }, context): Terms => {
    const known = approval ?? (approvers && oneApprover(approvers));
    if (known) return { ...kept, approval: known };
    context.addIssue({ code: 'custom', path: ['approval'], message: 'names nobody who may approve' });
    return z.NEVER;
  });
