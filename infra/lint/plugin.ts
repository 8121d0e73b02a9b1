// oxlint's own no-restricted-imports sees only the text of an import, not the file that it leads to.
import { relative } from 'node:path';
import { judgeImport } from './layers.ts';
import { judgePlainString } from './user-text.ts';

interface Node {
  source?: { value?: unknown } | null;
  callee?: Callee;
}
/** `z.string`, `z.coerce.string`. */
interface Callee {
  type: string;
  name?: string;
  object?: Callee;
  property?: Callee;
}
interface Context {
  readonly filename: string;
  readonly cwd: string;
  report(problem: { message: string; node: Node }): void;
}

/** `brigade/dependency-direction`: every static or dynamic import and re-export is judged by the table in layers.ts. */
const dependencyDirection = {
  create(context: Context) {
    const file = relative(context.cwd, context.filename).replaceAll('\\', '/');
    const judge = (node: Node) => {
      const specifier = node.source?.value;
      if (typeof specifier !== 'string') return;
      const message = judgeImport(file, specifier);
      if (message) context.report({ message, node });
    };
    return {
      ImportDeclaration: judge,
      ImportExpression: judge,
      ExportNamedDeclaration: judge,
      ExportAllDeclaration: judge,
      TSImportType: judge,
    };
  },
};

/** `brigade/user-text`: no plain string schema where `text()` belongs. */
const userText = {
  create(context: Context) {
    const file = relative(context.cwd, context.filename).replaceAll('\\', '/');
    const message = judgePlainString(file);
    if (!message) return {};
    return {
      CallExpression(node: Node) {
        const { object, property } = node.callee ?? {};
        const isOfZod = object?.name === 'z' || (object?.object?.name === 'z' && object.property?.name === 'coerce');
        if (property?.name === 'string' && isOfZod) context.report({ message, node });
      },
    };
  },
};

export default {
  meta: { name: 'brigade' },
  rules: { 'dependency-direction': dependencyDirection, 'user-text': userText },
};
