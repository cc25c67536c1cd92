/** How far a run of `neo4j-admin database upload` has come, as its own output tells. */
export interface ToolState {
  readonly phase: 'authenticating' | 'uploading' | 'importing' | 'done';
  /** Of the phase; for `importing` it is the tool's guess by the clock, and nothing that Aura said. */
  readonly percent?: number;
  /** Whether Aura took the user and password. */
  readonly isAuthenticated: boolean;
  /** Whether Aura may have been told to load the file: from here on the instance may be overwritten. */
  readonly mayHaveBegun: boolean;
}

export const TOOL_BEGINS: ToolState = { phase: 'authenticating', isAuthenticated: false, mayHaveBegun: false };

const PERCENT = /^[.\s]*?(\d{1,3})%$/;

/** What one line of output changes. The lines are those of 5.26 to 2026.07; a line nobody knows changes nothing. */
export function afterLine(state: ToolState, line: string): ToolState {
  const text = line.trim();
  const percent = PERCENT.exec(text)?.[1];
  if (percent !== undefined) {
    const measured = state.phase === 'uploading' || state.phase === 'importing';
    return measured ? { ...state, percent: Math.min(100, Number(percent)) } : state;
  }
  if (text.startsWith('Successfully authenticated with Aura')) {
    return { ...state, phase: 'uploading', isAuthenticated: true };
  }
  if (text === 'Upload' || text.startsWith('Uploading to ')) return { ...state, phase: 'uploading', percent: 0 };
  if (isWholeFileSent(text)) return { ...state, phase: 'uploading', percent: 100, mayHaveBegun: true };
  if (text.startsWith('We have received your export')) {
    return { phase: 'importing', percent: 0, isAuthenticated: true, mayHaveBegun: true };
  }
  if (text.startsWith('Your data was successfully pushed to Aura')) {
    return { phase: 'done', isAuthenticated: true, mayHaveBegun: true };
  }
  return state;
}

/** The call that has Aura load the file comes right after these. */
function isWholeFileSent(text: string): boolean {
  return (
    text.startsWith('Upload completed successfully') ||
    text.startsWith('Total bytes copied') ||
    text.startsWith('Detected already uploaded object')
  );
}

/** The state after all of these lines. */
export function afterLines(lines: readonly string[]): ToolState {
  return lines.reduce(afterLine, TOOL_BEGINS);
}
