/**
 * The driver, loaded when a graph is asked for the first time: it is a tenth of the start and some 15 MB, and a bot whose instances have
 * neither checks nor questions never needs it.
 */
export async function loadNeo4j() {
  const { default: neo4j } = await import('neo4j-driver');
  return neo4j;
}
