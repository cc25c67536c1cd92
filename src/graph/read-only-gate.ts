/**
 * Reads to Neo4j that leave the database or slip past the planner's own judgement: they are refused by their text,
 * before anything is sent. Writing is refused again by the planner (`EXPLAIN`) and by the server (read access mode).
 */
const REFUSED: readonly (readonly [form: RegExp, why: string])[] = [
  [/^\s*(explain|profile|cypher)\b/i, 'must not begin with EXPLAIN, PROFILE or CYPHER'],
  [/\bload\s+csv\b/i, 'must not load files'],
  [/\buse\s+\w/i, 'must not switch the database'],
  [/\bshow\s+\w/i, 'must not use SHOW'],
  [/\bin\s+(\w+\s+)?transactions\b/i, 'must not open transactions of its own'],
  [
    /\b(apoc\.(load|export|cypher|import|trigger|periodic)|dbms)\./i,
    'must not call procedures that leave the database',
  ],
  [/;\s*\S/, 'must be one statement'],
];

/** Why a query's text may not be run as a check; undefined when it may go on to the planner. */
export function textProblem(query: string): string | undefined {
  const bare = withoutCommentsAndStrings(query);
  return REFUSED.find(([form]) => form.test(bare))?.[1];
}

function withoutCommentsAndStrings(query: string): string {
  return query.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/g, ' ');
}
