import { z } from 'zod';

interface Property {
  readonly description?: string;
  readonly default?: unknown;
  /** What the table shows in the place of a default that differs from machine to machine. */
  readonly shownDefault?: string;
}

/**
 * A configuration schema as a Markdown table: variable, default, description.
 * @param omit variables that another table has
 * @throws {Error} that names every variable without a description
 */
export function environmentTable(schema: z.ZodObject, omit: readonly string[] = []): string {
  // What a variable may be is written in its description; patterns and bounds are the parser's.
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const required = new Set(json.required);
  const properties = Object.entries((json.properties ?? {}) as Record<string, Property>);
  const shown = properties.filter(([name]) => !omit.includes(name));
  const silent = shown.filter(([, { description }]) => !description).map(([name]) => name);
  if (silent.length > 0) throw new Error(`without a description: ${silent.join(', ')}`);
  return table([
    ['Variable', 'Default', 'What it is'],
    ...shown.map(([name, property]) => [
      `\`${name}\``,
      defaultOf(property, required.has(name)),
      property.description ?? '',
    ]),
  ]);
}

function defaultOf({ default: value, shownDefault }: Property, isRequired: boolean): string {
  if (shownDefault) return shownDefault;
  if (value === undefined) return isRequired ? '(required)' : 'none';
  if (value === '' || value === '[]') return 'none';
  return typeof value === 'string' ? `\`${value}\`` : JSON.stringify(value);
}

/** Padded as prettier pads tables, so that formatting changes nothing. */
function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [first = [], ...body] = cells;
  return [line(first), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}
