/** Names that a message and its handler share. All begin with `rb_`, so that a catch-all can leave them out. */
export const ACTION = {
  approve: 'rb_approve',
  deny: 'rb_deny',
  withdraw: 'rb_withdraw',
  nudge: 'rb_nudge',
  look: 'rb_look',
  takeBack: 'rb_take_back',
  acceptProviso: 'rb_accept_proviso',
  declineProviso: 'rb_decline_proviso',
  edit: 'rb_edit',
  acknowledge: 'rb_acknowledge',
  object: 'rb_object',
  answer: 'rb_answer',
  cancel: 'rb_cancel',
  judgeRan: 'rb_judge_ran',
  judgeDidNotRun: 'rb_judge_did_not_run',
  undo: 'rb_undo',
  preview: 'rb_preview',
  openForm: 'rb_open_form',
  openRestore: 'rb_open_restore',
  chooseInstance: 'rb_choose_instance',
  chooseMethod: 'rb_choose_method',
  chooseSource: 'rb_choose_source',
  chooseCopied: 'rb_choose_copied',
  chooseSize: 'rb_choose_size',
  chooseLife: 'rb_choose_life',
  chooseSnapshot: 'rb_choose_snapshot',
  chooseFile: 'rb_choose_file',
  chooseExported: 'rb_choose_exported',
  chooseSavedAt: 'rb_choose_saved_at',
  chooseReason: 'rb_choose_reason',
  chooseStart: 'rb_choose_start',
  chooseStartTime: 'rb_choose_start_time',
  chooseOverride: 'rb_choose_override',
  endDelegation: 'rb_end_delegation',
  agreeToPolicy: 'rb_agree_to_policy',
  refusePolicy: 'rb_refuse_policy',
  chooseUrgent: 'rb_choose_urgent',
  chooseDryRun: 'rb_choose_dry_run',
  adviceWhere: 'rb_advice_where',
  adviceAt: 'rb_advice_at',
  adviceNeeds: 'rb_advice_needs',
  adviceSize: 'rb_advice_size',
  verifyShadow: 'rb_verify_shadow',
  announceShadow: 'rb_announce_shadow',
  recordExport: 'rb_record_export',
} as const;

/** `callback_id` of each view. */
export const VIEW = {
  restoreForm: 'rb_restore_form',
  approvalForm: 'rb_approval_form',
  denialForm: 'rb_denial_form',
  editForm: 'rb_edit_form',
  delegationForm: 'rb_delegation_form',
  objectionForm: 'rb_objection_form',
  answerForm: 'rb_answer_form',
  adviceForm: 'rb_advice_form',
  exportForm: 'rb_export_form',
} as const;

/** `callback_id` of the global shortcut. */
export const SHORTCUT = 'rb_request_restore';

/** `block_id` of each input, which is also where its error appears. */
export const FIELD = {
  instance: 'rb_field_instance',
  method: 'rb_field_method',
  source: 'rb_field_source',
  copied: 'rb_field_copied',
  newSize: 'rb_field_new_size',
  life: 'rb_field_life',
  snapshot: 'rb_field_snapshot',
  file: 'rb_field_file',
  exported: 'rb_field_exported',
  fileName: 'rb_field_file_name',
  fileSize: 'rb_field_file_size',
  fileSha256: 'rb_field_file_sha256',
  fileSavedAt: 'rb_field_file_saved_at',
  reasonKind: 'rb_field_reason_kind',
  reasonText: 'rb_field_reason_text',
  ticket: 'rb_field_ticket',
  expectedImpact: 'rb_field_expected_impact',
  urgent: 'rb_field_urgent',
  dryRun: 'rb_field_dry_run',
  whyOther: 'rb_field_why_other',
  adviceWhere: 'rb_field_advice_where',
  adviceAt: 'rb_field_advice_at',
  adviceNeeds: 'rb_field_advice_needs',
  adviceSize: 'rb_field_advice_size',
  start: 'rb_field_start',
  startTime: 'rb_field_start_time',
  override: 'rb_field_override',
  overrideReason: 'rb_field_override_reason',
  restoreWord: 'rb_field_restore_word',
  instanceName: 'rb_field_instance_name',
  sourceName: 'rb_field_source_name',
  restorePointTime: 'rb_field_restore_point_time',
  restorePointTyped: 'rb_field_restore_point_typed',
  place: 'rb_field_place',
  condition: 'rb_field_condition',
  notBefore: 'rb_field_not_before',
  denialReason: 'rb_field_denial_reason',
  delegate: 'rb_field_delegate',
  delegationStart: 'rb_field_delegation_start',
  delegationEnd: 'rb_field_delegation_end',
  objection: 'rb_field_objection',
  answerKind: 'rb_field_answer_kind',
  answerWords: 'rb_field_answer_words',
  checks: 'rb_field_checks',
  noticeChannels: 'rb_field_notice_channels',
  exportFile: 'rb_field_export_file',
  exportSize: 'rb_field_export_size',
  exportChecksum: 'rb_field_export_checksum',
  exportPlace: 'rb_field_export_place',
  exportTakenAt: 'rb_field_export_taken_at',
} as const;

/** The choice of a file that nobody recorded as exported. */
export const DESCRIBED_FILE = 'described';

/** What of another instance is copied. */
export const COPIED = { snapshot: 'snapshot', live: 'live' } as const;

/** Begins the value of a start that the form offers; the moment follows. */
export const OFFERED_START = 'at:';

/** What must hold, when advice is asked for. */
export const NEED = { keepsPresent: 'keeps-present', compliance: 'compliance', automated: 'automated' } as const;

/** The value of the box that asks for a dry run. */
export const DRY_RUN = 'dry-run';

/** The value of the box that makes a request urgent. */
export const URGENT = 'urgent';

/** Whether a start in a freeze is asked for. */
export const OVERRIDE = { yes: 'override', no: 'no-override' } as const;

/** Somebody votes in their own right; else the value is the id of the person for whom they stand in. */
export const OWN_PLACE = 'own';

/** `event_type` of the metadata that every message of the bot carries, so that a lost answer can be resolved by looking. */
export const MESSAGE_EVENT = 'restore_bot_message';
