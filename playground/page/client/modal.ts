import type { PersonaAct, PersonaView } from '../persona-protocol.ts';
import { drawBlocks } from './blocks.ts';
import { el } from './dom.ts';
import { focusFirst, idsOutwards } from './keep-focus.ts';

type TextField = HTMLInputElement | HTMLTextAreaElement;
const TEXT_FIELDS = 'input[type=text], input[type=search], textarea';

/**
 * The open form of the person, as a modal dialog. It is drawn again only when the bot changed it, so that typing is never
 * interrupted; focus, caret and what was typed stay. The focus goes into a form that opens, and back to where it was when
 * the form closes, or to what is still there of it.
 */
export function createModal({
  act,
  leave,
}: {
  readonly act: (act: PersonaAct) => Promise<{ options?: unknown }>;
  /** Called when the form stays open for its person and the page is free again. */
  readonly leave: () => void;
}) {
  const element = el('dialog', {
    'aria-labelledby': 'modal-title',
    cancel: (event) => {
      event.preventDefault();
      void act({ type: 'close-modal' });
    },
  });
  let drawn = '';
  let drawnId = '';
  let setAside: string | undefined;
  let openedFrom: readonly string[] = [];

  function close(): void {
    drawn = '';
    drawnId = '';
    if (!element.open) return;
    element.close();
    focusFirst([...openedFrom, 'composer', 'conversation']);
  }

  function open(): void {
    if (element.open) return;
    openedFrom = document.activeElement ? idsOutwards(document.activeElement) : [];
    element.showModal();
  }

  function draw(view: PersonaView): void {
    const { modal } = view;
    if (!modal) {
      setAside = undefined;
      close();
      return;
    }
    if (modal.id === setAside) return;
    const key = JSON.stringify([view.me.id, modal.id, modal.hash, modal.errors]);
    if (key === drawn) return;
    const isSameForm = modal.id === drawnId;
    drawn = key;
    drawnId = modal.id;
    const kept = isSameForm ? keepFields(element) : undefined;
    element.replaceChildren(formOf(view, modal));
    open();
    if (kept) kept.restore();
    else element.querySelector<HTMLElement>('.fields')?.focus();
    element.querySelector('[role=alert]')?.scrollIntoView({ block: 'center' });
  }

  function formOf(view: PersonaView, modal: NonNullable<PersonaView['modal']>): Node {
    const title = (modal.view.title as { text: string } | undefined)?.text ?? '';
    const submit = (modal.view.submit as { text: string } | undefined)?.text;
    const closeText = (modal.view.close as { text: string } | undefined)?.text ?? 'Close';
    const formError = modal.errors.form;
    return el(
      'form',
      {
        submit: async (event) => {
          event.preventDefault();
          element.classList.add('busy');
          await act({ type: 'submit' });
          element.classList.remove('busy');
        },
      },
      el('h2', { id: 'modal-title' }, title),
      el(
        'div',
        { class: 'fields', id: 'modal-fields', tabindex: '0', role: 'group', 'aria-label': title },
        ...drawBlocks(modal.view.blocks, {
          view,
          place: { modal: true },
          act,
          values: modal.values,
          errors: modal.errors,
        }),
      ),
      formError ? el('div', { class: 'trouble', role: 'alert' }, formError) : undefined,
      el(
        'div',
        { class: 'modal-buttons' },
        el(
          'button',
          {
            type: 'button',
            class: 'button aside',
            id: 'modal-aside',
            click: () => {
              setAside = modal.id;
              drawn = '';
              element.close();
              leave();
            },
          },
          'Leave open, act as another',
        ),
        el(
          'button',
          { type: 'button', class: 'button', id: 'modal-close', click: () => void act({ type: 'close-modal' }) },
          closeText,
        ),
        submit ? el('button', { type: 'submit', class: 'button primary', id: 'modal-submit' }, submit) : undefined,
      ),
    );
  }

  return {
    element,
    draw,
    /** Another person acts from now on, or the same one takes up the form that was left open. */
    forget() {
      drawn = '';
      drawnId = '';
      setAside = undefined;
      if (element.open) element.close();
    },
  };
}

/** What the person has typed and where they are, to be put back when the same form is drawn again. */
function keepFields(element: HTMLElement): { restore(): void } {
  const focused = document.activeElement;
  const way = focused && element.contains(focused) ? idsOutwards(focused, element) : [];
  const caret = focused instanceof HTMLInputElement && focused.type === 'text' ? focused.selectionStart : null;
  const scrolled = element.querySelector('.fields')?.scrollTop ?? 0;
  const typed = new Map([...element.querySelectorAll<TextField>(TEXT_FIELDS)].map(({ id, value }) => [id, value]));
  return {
    restore() {
      for (const field of element.querySelectorAll<TextField>(TEXT_FIELDS)) {
        const value = typed.get(field.id);
        if (value) field.value = value;
      }
      const fields = element.querySelector('.fields');
      if (fields) fields.scrollTop = scrolled;
      focusFirst([...way, 'modal-fields']);
      const again = document.activeElement;
      if (caret !== null && again instanceof HTMLInputElement && again.type === 'text') {
        again.setSelectionRange(caret, caret);
      }
    },
  };
}
