/** The letter a key press means as a shortcut: alone, not held down, and not typed into a field. */
export function letter(event: KeyboardEvent): string | undefined {
  if (event.defaultPrevented || event.repeat || event.isComposing) return undefined;
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return undefined;
  const target = event.target;
  if (target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]')) {
    return undefined;
  }
  return event.key.length === 1 ? event.key.toLowerCase() : undefined;
}
