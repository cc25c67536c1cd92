/** `8GB` as 8. Undefined when it is not said in this form. */
export function gigabytesOf(memory: string | undefined): number | undefined {
  const [, number] = /^(\d+(?:\.\d+)?)\s*GB$/i.exec(memory?.trim() ?? '') ?? [];
  return number === undefined ? undefined : Number(number);
}
