// @vitest-environment node
/** What holds in every file of the screens. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { parse, type AST } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(svelte|ts)$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  .filter((name) => !name.startsWith('host/bindings/'));
const text = (name: string) => readFileSync(join(root, name), 'utf8');
const imports = (name: string) =>
  [...text(name).matchAll(/(?:from|import)\s*\(?['"]([^'"]+)['"]/g)].map((found) => found[1] ?? '');
const components = files.filter((name) => name.endsWith('.svelte'));

/** Every node of a template, with its parents' attribute names. */
function* nodes(node: unknown): Generator<Record<string, unknown>> {
  if (Array.isArray(node)) for (const child of node) yield* nodes(child);
  else if (typeof node === 'object' && node !== null) {
    yield node as Record<string, unknown>;
    for (const [key, child] of Object.entries(node)) if (key !== 'metadata' && key !== 'parent') yield* nodes(child);
  }
}

const READ_ALOUD = new Set(['alt', 'aria-label', 'aria-description', 'label', 'placeholder', 'title', 'hint']);
const words = /\p{L}{2,}/u;

function literals(name: string): string[] {
  const template: AST.Root = parse(text(name), { modern: true });
  const found: string[] = [];
  for (const node of nodes(template.fragment)) {
    if (node.type === 'Text' && node.data !== undefined && words.test(String(node.data))) {
      found.push(String(node.data).trim());
    }
  }
  // Attributes hold class names and the like in Text nodes too: only what people read counts.
  const attributes = new Map<string, boolean>();
  for (const node of nodes(template.fragment)) {
    if (node.type !== 'Attribute') continue;
    const value = node.value;
    const parts = Array.isArray(value) ? value : [];
    for (const part of parts) {
      if (part.type === 'Text') attributes.set(`${part.data.trim()}`, READ_ALOUD.has(String(node.name)));
    }
  }
  return found.filter((literal) => attributes.get(literal) !== false);
}

describe('every file', () => {
  it('reaches Tauri only through host/tauri.ts', () => {
    const reaching = files.filter((name) => imports(name).some((from) => from.startsWith('@tauri-apps/')));
    expect(reaching).toEqual(['host/tauri.ts']);
  });

  it('knows the fake host only where a host is chosen, and in tests', () => {
    const knowing = files.filter(
      (name) =>
        !name.startsWith('host/fake') &&
        !name.endsWith('.test.ts') &&
        imports(name).some((from) => /(^|\/)fake(\/|$)/.test(from)),
    );
    expect(knowing).toEqual(['host/index.ts']);
  });

  it('is of a length that can be read: 250 lines for a component', () => {
    const long = components.filter((name) => text(name).split('\n').length > 250);
    expect(long).toEqual([]);
  });
});

describe('components', () => {
  it.each(components)('%s says nothing that is not in the catalogue', (name) => {
    expect(literals(name)).toEqual([]);
  });

  it('in shared/ know no other room', () => {
    const strays = components
      .filter((name) => name.startsWith('components/shared/'))
      .flatMap((name) => imports(name).filter((from) => /^\.\.\/(?!\.\.\/(messages|host\/bindings))/.test(from)).map((from) => `${name}: ${from}`));
    expect(strays).toEqual([]);
  });

  it('are composed by views and never the other way round', () => {
    const strays = components.filter(
      (name) => name.startsWith('components/') && imports(name).some((from) => from.includes('/views/')),
    );
    expect(strays).toEqual([]);
  });

  it('name what tests touch in kebab-case', () => {
    const names = components.flatMap((name) =>
      [...text(name).matchAll(/(?:data-testid|testid)="([^"{]+)/g)].map((found) => found[1] ?? ''),
    );
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]*)*$/.test(name))).toEqual([]);
  });

  it('have no inline style, which the policy would refuse', () => {
    expect(components.filter((name) => /\sstyle="/.test(text(name)))).toEqual([]);
  });

  it('lay out by writing direction, not by left and right', () => {
    const physical =
      /(margin|padding|border)-(left|right|top|bottom)\b|(^|[;{\s])((min-|max-)?(width|height)|left|right|top|bottom):|text-align: (left|right)/;
    const strays = components.filter((name) => {
      const style = /<style>([\s\S]*)<\/style>/.exec(text(name))?.[1] ?? '';
      // Media queries have no other words for it.
      return physical.test(style.replaceAll(/@media[^{]*/g, ''));
    });
    expect(strays).toEqual([]);
  });
});
