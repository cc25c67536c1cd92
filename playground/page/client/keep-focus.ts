/**
 * Draws a part of the page again without losing the place of whoever uses the keyboard: what had the focus gets it back by its
 * id. When it is gone, the nearest thing around it that has an id and is still there gets it.
 */
export function keepFocus(part: HTMLElement, draw: () => void): void {
  const focused = document.activeElement;
  const way = focused && part.contains(focused) ? idsOutwards(focused, part) : [];
  draw();
  if (way.length > 0 && !part.contains(document.activeElement)) focusFirst([...way, part.id]);
}

/** Focuses the first of these ids that is on the page; one that cannot be reached by Tab is made able to be focused. */
export function focusFirst(ids: readonly string[]): void {
  for (const id of ids) {
    const element = id === '' ? null : document.getElementById(id);
    if (!element || element.offsetParent === null) continue;
    if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) element.tabIndex = -1;
    element.focus();
    return;
  }
}

/** The ids of an element and of what it stands in, from the inside out. */
export function idsOutwards(element: Element, upTo?: Element): readonly string[] {
  const own = element.id === '' ? [] : [element.id];
  const parent = element === upTo ? null : element.parentElement;
  return parent ? [...own, ...idsOutwards(parent, upTo)] : own;
}
