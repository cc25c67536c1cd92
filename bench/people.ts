/** The few people and places of the bench's workspace. */
export const TEAM_ID = 'T0BENCH';
export const REQUESTER_ID = 'U0RITA';
export const APPROVER_ID = 'U0ANTON';
export const APPROVERS_GROUP = 'S0APPROVERS';
export const APPROVALS_CHANNEL = 'C0APPROVALS';
export const NOTICE_CHANNEL = 'C0STATUS';
