/** What a person did could not be done: the button is not there, or nothing is open. */
export class PersonaError extends Error {
  override readonly name = 'PersonaError';
}
