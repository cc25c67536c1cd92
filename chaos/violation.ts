/** Which promise was broken, by what, in words. */
export interface Violation {
  readonly promise:
    | 'one restore call per decision'
    | 'a second person decides'
    | 'one run per instance'
    | 'nothing lost'
    | 'nothing twice'
    | 'nothing stuck'
    | 'the card says what the record says';
  readonly restoreId: string;
  readonly words: string;
}
