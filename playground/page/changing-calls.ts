import type { ImportConsole } from '../aura/import-console.ts';
import type { AuraSimulator } from '../aura/simulator.ts';

/** How often something was asked of Aura that changes an instance, whatever came of it. */
export interface ChangingCall {
  readonly label: string;
  readonly count: number;
}

/** Each kind of changing call by name: what a dry run leaves at zero, and what each way back makes at most one of. */
export function changingCalls(
  aura: Pick<AuraSimulator, 'calls'>,
  importConsole: Pick<ImportConsole, 'loads'> | undefined,
): readonly ChangingCall[] {
  return [
    { label: 'Restore a snapshot', count: aura.calls('restore').length },
    { label: 'Overwrite', count: aura.calls('overwrite').length },
    ...(importConsole ? [{ label: 'Load an uploaded file', count: importConsole.loads }] : []),
    { label: 'Create an instance', count: aura.calls('create-instance').length },
    { label: 'Delete an instance', count: aura.calls('delete-instance').length },
    { label: 'Take a snapshot', count: aura.calls('take-snapshot').length },
  ];
}
